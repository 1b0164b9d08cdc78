use proptest::prelude::*;

use super::*;

fn params(skm: &str) -> KeyParams {
    KeyParams::parse(skm).unwrap_or_else(|error| panic!("{skm}: {error:?}")).params
}

fn bad_field(skm: &str) -> (String, String) {
    match KeyParams::parse(skm) {
        Err(KeyParamsError::BadField { field, problem }) => (field, problem),
        other => panic!("{skm}: {other:?}"),
    }
}

fn features(numbers: &[u8]) -> Features {
    numbers.iter().fold(Features::default(), |features, number| features.with(*number, true))
}

#[test]
fn the_examples_of_the_models() {
    let expected = KeyParams { features: features(&[3]), max_machines: Some(1), ..KeyParams::default() };
    assert_eq!(params(r#"{"F3":true,"MaxNoOfMachines":1}"#), expected);
    assert_eq!(params(r#"{"TemplateId":7}"#).template_id, Some(7));
    assert_eq!(params("{}"), KeyParams::default());
}

#[test]
fn spellings() {
    for skm in [
        r#"{"f1":"True","MAXNOOFMACHINES":"5","trialactivation":1,"ProductId":"3941"}"#,
        r#"{" F1 ":"yes","maxNoOfMachines":5.0,"TrialActivation":"on","productid":3941}"#,
        r#"{"F1":1,"MaxNoOfMachines":" 5 ","TrialActivation":"1","ProductId":3941,"Notes":null}"#,
    ] {
        let expected = KeyParams {
            product_id: Some(3_941),
            features: features(&[1]),
            max_machines: Some(5),
            trial_activation: Some(true),
            ..KeyParams::default()
        };
        assert_eq!(params(skm), expected, "{skm}");
    }
    assert_eq!(params(r#"{"F2":"False"}"#).features.get(2), Some(false));
    assert_eq!(params(r#"{"Notes":42}"#).notes.as_deref(), Some("42"));
}

#[test]
fn fields_without_effect_are_warned_of() {
    let parsed =
        KeyParams::parse(r#"{"F1":true,"F9":true,"Colour":"red","CustomerId":5,"Unknown":null}"#).unwrap();
    assert_eq!(parsed.params.features, features(&[1]));
    assert_eq!(
        parsed.warnings,
        [
            "Colour: not a parameter of a key",
            "CustomerId: Latchkey sets this itself",
            "F9: not a parameter of a key"
        ]
    );
}

#[test]
fn fields_that_cannot_be_used() {
    for (skm, field, problem) in [
        (r#"{"F1":"maybe"}"#, "F1", "\"maybe\" is neither true nor false"),
        (r#"{"F1":2}"#, "F1", "2 is neither true nor false"),
        (r#"{"F1":[true]}"#, "F1", "[true] is neither true nor false"),
        (r#"{"MaxNoOfMachines":"many"}"#, "MaxNoOfMachines", "\"many\" is not a whole number"),
        (r#"{"MaxNoOfMachines":1.5}"#, "MaxNoOfMachines", "1.5 is not a whole number"),
        (r#"{"MaxNoOfMachines":-1}"#, "MaxNoOfMachines", "-1 is less than 0"),
        (r#"{"MaxNoOfMachines":1000001}"#, "MaxNoOfMachines", "1000001 is more than 1000000"),
        (r#"{"Period":99999}"#, "Period", "99999 is more than 36500"),
        (r#"{"ProductId":0}"#, "ProductId", "0 is less than 1"),
        (r#"{"ProductId":99999999999999999999}"#, "ProductId", "100000000000000000000 is not a whole number"),
        (r#"{"Notes":{}}"#, "Notes", "it is not a text"),
        (r#"{"F1":true,"f1":false}"#, "f1", "it is there twice"),
    ] {
        let (found, why) = bad_field(skm);
        assert_eq!(found, field, "{skm}");
        if !skm.contains("99999999999999999999") {
            assert_eq!(why, problem, "{skm}");
        }
    }
}

#[test]
fn what_is_no_skm() {
    assert_eq!(KeyParams::parse("  "), Err(KeyParamsError::Missing));
    assert_eq!(
        KeyParams::parse(&format!("{{\"Notes\":\"{}\"}}", "x".repeat(500))),
        Err(KeyParamsError::TooLong)
    );
    for skm in ["true", "[1]", "{F1:true}", "{“F1”:true}", "{\"F1\":true", "null", "F1=true"] {
        assert!(matches!(KeyParams::parse(skm), Err(KeyParamsError::NotJson(_))), "{skm}");
    }
}

#[test]
fn extras_add_features_and_machines() {
    let base = params(r#"{"F1":true,"F2":false,"MaxNoOfMachines":2,"Notes":"base","Period":30}"#);
    let seats = params(r#"{"MaxNoOfMachines":5,"Notes":"extra"}"#);
    let export = params(r#"{"F2":true,"F7":true}"#);
    let merged = merge(&base, 3, &[(seats, 4), (export, 9)], Some(1));
    let expected = KeyParams {
        features: features(&[1, 2, 7]),
        max_machines: Some(2 * 3 + 5 * 4),
        notes: Some("base".to_owned()),
        period_days: Some(30),
        ..KeyParams::default()
    };
    assert_eq!(merged, expected);
}

#[test]
fn machine_limits_at_their_edges() {
    let limit = |base: &str, quantity, extras: &[(KeyParams, u32)], default| {
        merge(&params(base), quantity, extras, default).max_machines
    };
    let five = params(r#"{"MaxNoOfMachines":5}"#);
    assert_eq!(
        limit(r#"{"MaxNoOfMachines":0}"#, 3, &[(five.clone(), 1)], None),
        Some(0),
        "no limit stays none"
    );
    assert_eq!(limit("{}", 3, &[(five.clone(), 1)], Some(2)), Some(11));
    assert_eq!(limit("{}", 3, &[(five.clone(), 1)], None), None);
    assert_eq!(
        limit(r#"{"MaxNoOfMachines":2}"#, 0, &[], None),
        Some(2),
        "a quantity of 0 is not metered here"
    );
    assert_eq!(limit(r#"{"MaxNoOfMachines":2}"#, u32::MAX, &[(five, u32::MAX)], None), Some(MAX_MACHINES));
}

#[test]
fn a_template_fills_what_the_price_leaves_open() {
    let price = params(r#"{"TemplateId":7,"F1":false,"MaxNoOfMachines":9}"#);
    let template = params(r#"{"F1":true,"F2":true,"MaxNoOfMachines":1,"Notes":"from template"}"#);
    let result = over_template(&price, &template);
    assert_eq!(result.features.get(1), Some(false));
    assert_eq!(result.features.get(2), Some(true));
    assert_eq!(result.features.get(3), None);
    assert_eq!((result.max_machines, result.notes.as_deref()), (Some(9), Some("from template")));
}

#[test]
fn too_long_to_write() {
    let long = KeyParams { notes: Some("x".repeat(490)), ..KeyParams::default() };
    assert_eq!(long.to_skm(), Err(KeyParamsError::TooLong));
}

prop_compose! {
    fn any_params()(
        (product_id, template_id) in (prop::option::of(1_i64..), prop::option::of(1_i64..)),
        said in prop::collection::vec((1_u8..=8, any::<bool>()), 0..8),
        period_days in prop::option::of(0..=MAX_PERIOD_DAYS),
        max_machines in prop::option::of(0..=MAX_MACHINES),
        trial_activation: Option<bool>,
        (notes, allowed_machines) in (prop::option::of("\\PC{0,60}"), prop::option::of("[a-f0-9\n]{0,60}")),
    ) -> KeyParams {
        let features = said.iter().fold(Features::default(), |all, (number, on)| all.with(*number, *on));
        KeyParams {
            product_id, template_id, features, period_days, max_machines, trial_activation, notes, allowed_machines,
        }
    }
}

proptest! {
    #[test]
    fn written_and_read_back(params in any_params()) {
        if let Ok(skm) = params.to_skm() {
            prop_assert_eq!(KeyParams::parse(&skm), Ok(Parsed { params, warnings: vec![] }));
        }
    }

    #[test]
    fn any_text_is_answered(skm in "\\PC{0,80}|\\{(\"[a-zA-Z0-9]{1,8}\":(true|null|[0-9.e-]{1,6}|\"\\PC{0,5}\"),?){0,4}\\}") {
        let _ = KeyParams::parse(&skm);
    }

    #[test]
    fn no_extra_takes_anything_away(base in any_params(), extra in any_params(), quantity in 0_u32..1_000) {
        let alone = merge(&base, 1, &[], None);
        let with = merge(&base, 1, &[(extra, quantity)], None);
        for number in 1..=Features::COUNT {
            prop_assert!(with.features.get(number) >= alone.features.get(number));
        }
        prop_assert!(with.max_machines >= alone.max_machines);
    }
}
