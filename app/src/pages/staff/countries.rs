//! The countries of ISO 3166-1, named by the browser.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::components::Choice;

const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
                     BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE \
                     EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
                     HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC \
                     LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA \
                     NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
                     SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
                     TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Every country with its code as value, ordered by name. A code that is not among them (`current`) is kept.
pub fn countries(current: &str) -> Vec<Choice> {
    let names = names();
    let mut choices: Vec<_> = CODES
        .split_whitespace()
        .chain((!current.is_empty() && !CODES.contains(current)).then_some(current))
        .map(|code| {
            Choice::new(
                code,
                names.as_ref().and_then(|names| name(names, code)).unwrap_or_else(|| code.into()),
            )
        })
        .collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    choices
}

/// The country's name, or the code itself where the browser knows none.
pub fn country_name(code: &str) -> String {
    names().as_ref().and_then(|names| name(names, code)).unwrap_or_else(|| code.to_owned())
}

/// The browser's `Intl.DisplayNames` for regions, in the page's language.
fn names() -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let maker: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    Reflect::construct(&maker, &Array::of2(&"en".into(), &options)).ok()
}

fn name(names: &JsValue, code: &str) -> Option<String> {
    let of: Function = Reflect::get(names, &"of".into()).ok()?.dyn_into().ok()?;
    of.call1(names, &code.into()).ok()?.as_string()
}
