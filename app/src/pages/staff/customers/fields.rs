//! The fields of a customer, for adding and for editing.

use latchkey_shared::{
    api::customers::{AddCustomer, Customer, EditCustomer},
    text::customers as text,
};
use leptos::prelude::*;

use crate::{
    components::{
        CheckboxField, FieldGroup, FieldPair, NumberField, SelectField, TextAreaField, TextField, TextKind,
    },
    pages::staff::countries::countries,
};

/// What is typed.
#[derive(Clone, Copy, Default)]
pub struct Fields {
    pub name: RwSignal<String>,
    pub email: RwSignal<String>,
    company: RwSignal<String>,
    phone: RwSignal<String>,
    country: RwSignal<String>,
    notes: RwSignal<String>,
    external_id: RwSignal<String>,
    association: RwSignal<bool>,
    activation: RwSignal<bool>,
    users: RwSignal<bool>,
    machines: RwSignal<Option<i64>>,
}

impl Fields {
    /// Filled with what is stored.
    pub fn of(customer: &Customer) -> Self {
        Self {
            name: RwSignal::new(customer.name.clone()),
            email: RwSignal::new(customer.email.clone()),
            company: RwSignal::new(customer.company.clone()),
            phone: RwSignal::new(customer.phone.clone()),
            country: RwSignal::new(customer.country.clone()),
            notes: RwSignal::new(customer.notes.clone()),
            external_id: RwSignal::new(customer.external_id.clone()),
            association: RwSignal::new(false),
            activation: RwSignal::new(customer.allow_activation_management),
            users: RwSignal::new(customer.allow_multiple_users),
            machines: RwSignal::new(Some(customer.max_machines)),
        }
    }

    pub fn to_add(self) -> AddCustomer {
        AddCustomer {
            name: self.name.get_untracked(),
            email: self.email.get_untracked(),
            company: self.company.get_untracked(),
            phone: self.phone.get_untracked(),
            country: self.country.get_untracked(),
            notes: self.notes.get_untracked(),
            external_id: self.external_id.get_untracked(),
            enable_association: self.association.get_untracked(),
            allow_activation_management: self.activation.get_untracked(),
            allow_multiple_users: self.users.get_untracked(),
            max_machines: self.machines.get_untracked().unwrap_or_default(),
        }
    }

    pub fn to_edit(self, version: i64) -> EditCustomer {
        let AddCustomer {
            name,
            email,
            company,
            phone,
            country,
            notes,
            external_id,
            enable_association: _,
            allow_activation_management,
            allow_multiple_users,
            max_machines,
        } = self.to_add();
        EditCustomer {
            name,
            email,
            company,
            phone,
            country,
            notes,
            external_id,
            allow_activation_management,
            allow_multiple_users,
            max_machines: Some(max_machines),
            version,
        }
    }

    /// The fields, in three groups. `may_invite`: offers to make the personal link.
    pub fn draw(self, may_invite: bool) -> AnyView {
        let options = countries(&self.country.get_untracked());
        let invite = may_invite.then(|| {
            view! {
                <CheckboxField name="enable_association" value=self.association help=text::ENABLE_ASSOCIATION_HELP>
                    {text::ENABLE_ASSOCIATION}
                </CheckboxField>
            }
        });
        view! {
            <FieldGroup title=text::GROUP_WHO>
                <FieldPair>
                    <TextField name="name" label=text::NAME value=self.name required=true max_length=100 />
                    <TextField name="company" label=text::COMPANY value=self.company max_length=100 />
                </FieldPair>
                <TextField
                    name="email"
                    label=text::EMAIL
                    value=self.email
                    kind=TextKind::Email
                    help=text::EMAIL_HELP
                    autocomplete="off"
                />
                <FieldPair>
                    <TextField name="phone" label=text::PHONE value=self.phone kind=TextKind::Phone max_length=100 autocomplete="off" />
                    <SelectField
                        name="country"
                        label=text::COUNTRY
                        value=self.country
                        options=Signal::stored(options)
                        placeholder=text::NO_COUNTRY
                    />
                </FieldPair>
            </FieldGroup>
            <FieldGroup title=text::GROUP_PORTAL>
                {invite}
                <CheckboxField name="allow_activation_management" value=self.activation help=text::ALLOW_ACTIVATION_HELP>
                    {text::ALLOW_ACTIVATION}
                </CheckboxField>
                <CheckboxField name="allow_multiple_users" value=self.users help=text::ALLOW_USERS_HELP>
                    {text::ALLOW_USERS}
                </CheckboxField>
                <NumberField
                    name="max_machines"
                    label=text::MAX_MACHINES
                    value=self.machines
                    min=0
                    max=1_000_000
                    unit=text::MAX_MACHINES_UNIT
                    help=text::MAX_MACHINES_HELP
                />
            </FieldGroup>
            <FieldGroup title=text::GROUP_INTERNAL>
                <TextField
                    name="external_id"
                    label=text::EXTERNAL_ID
                    value=self.external_id
                    kind=TextKind::Code
                    help=text::EXTERNAL_ID_HELP
                    max_length=100
                />
                <TextAreaField name="notes" label=text::NOTES value=self.notes help=text::NOTES_HELP max_length=1000 />
            </FieldGroup>
        }
        .into_any()
    }
}
