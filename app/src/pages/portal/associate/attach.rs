//! Somebody signed in opens the link of a customer.

use latchkey_shared::{
    api::links::Invitation,
    text::portal::{entry, join as words},
};
use leptos::prelude::*;

use super::{
    super::quiet::{VendorPage, vendor_name},
    terms::{TermsBox, check_terms},
    visit::Visit,
};
use crate::components::{Button, ButtonLink, Fact, Facts, Form, FormErrors, Look};

/// Names both sides and asks. An account that belongs to the customer already has nothing to do.
pub fn attach(visit: Visit, invitation: Invitation) -> AnyView {
    let customer = invitation.customer.clone().unwrap_or_default();
    let account = invitation.signed_in_as.clone().unwrap_or_default();
    if invitation.already_associated {
        return view! {
            <VendorPage title=words::ATTACH_ALREADY_TITLE>
                <p>{words::attached_already(&customer, &account)}</p>
                <ButtonLink href="/Portal" look=Look::Primary>
                    {entry::OPEN_PORTAL}
                </ButtonLink>
            </VendorPage>
        }
        .into_any();
    }
    let errors = FormErrors::new();
    let accepted = visit.form.accepted;
    let what = words::attach(&vendor_name(), &customer);
    let terms = invitation.terms.clone();
    let invitation = StoredValue::new(invitation);
    let submit = move || {
        invitation.with_value(|invitation| {
            check_terms(invitation.terms.as_ref(), accepted, errors);
            if errors.settle() {
                visit.attach(invitation, errors);
            }
        });
    };
    view! {
        <VendorPage title=words::ATTACH_TITLE>
            <p>{what}</p>
            <Facts stacked=true>
                <Fact label=words::ATTACH_CUSTOMER>{customer}</Fact>
                <Fact label=words::ATTACH_ACCOUNT>
                    <span class="address">{account}</span>
                </Fact>
            </Facts>
            <Form errors busy=visit.sender.busy() on_submit=submit>
                <TermsBox terms accepted />
                <Button look=Look::Primary submit=true busy=visit.sender.busy()>
                    {words::ATTACH}
                </Button>
            </Form>
            <Button look=Look::Quiet disabled=visit.sender.busy() on_press=move || visit.use_another_account()>
                {words::ATTACH_OTHER}
            </Button>
        </VendorPage>
    }
    .into_any()
}
