//! What staff may do: one enum, enforced by the server in each handler and used by the page app for menu,
//! routes and buttons.

use serde::{Deserialize, Serialize};

/// A thing somebody may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    DashboardRead,
    CustomersRead,
    CustomersWrite,
    /// Association links and the sign-up link: they let people in.
    LinksManage,
    ProductsRead,
    ProductsWrite,
    KeysRead,
    KeysWrite,
    SubscriptionsRead,
    SubscriptionsWrite,
    /// Refunds and everything else that moves money back.
    MoneyWrite,
    DataRead,
    DataWrite,
    CommunicationsRead,
    CommunicationsWrite,
    StripeRead,
    /// Connect Stripe, change keys and webhook endpoints.
    StripeManage,
    SettingsRead,
    /// Company, terms, mail; also data objects with reserved names.
    SettingsWrite,
    StaffRead,
    StaffManage,
    /// Bring private halves of signing keys in, and take them out.
    SigningManage,
    AuditRead,
    /// A permission of a newer server; never granted.
    #[serde(other)]
    Unknown,
}

/// A staff member's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Admin,
    Support,
    Viewer,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Admin, Self::Support, Self::Viewer];

    /// The word used in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Support => "support",
            Self::Viewer => "viewer",
        }
    }

    /// The role named by [`Self::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// One sentence for the staff page.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Owner => "Everything, including staff and handing over ownership.",
            Self::Admin => "Everything except staff and the private halves of signing keys.",
            Self::Support => "Works with customers, keys and subscriptions; sees products and settings.",
            Self::Viewer => "Sees everything, changes nothing.",
        }
    }

    /// What this role may do.
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Owner => Permission::ALL,
            Self::Admin => ADMIN,
            Self::Support => SUPPORT,
            Self::Viewer => VIEWER,
        }
    }

    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}

impl Permission {
    pub const ALL: &'static [Self] = &[
        Self::DashboardRead,
        Self::CustomersRead,
        Self::CustomersWrite,
        Self::LinksManage,
        Self::ProductsRead,
        Self::ProductsWrite,
        Self::KeysRead,
        Self::KeysWrite,
        Self::SubscriptionsRead,
        Self::SubscriptionsWrite,
        Self::MoneyWrite,
        Self::DataRead,
        Self::DataWrite,
        Self::CommunicationsRead,
        Self::CommunicationsWrite,
        Self::StripeRead,
        Self::StripeManage,
        Self::SettingsRead,
        Self::SettingsWrite,
        Self::StaffRead,
        Self::StaffManage,
        Self::SigningManage,
        Self::AuditRead,
    ];
}

const ADMIN: &[Permission] = &[
    Permission::DashboardRead,
    Permission::CustomersRead,
    Permission::CustomersWrite,
    Permission::LinksManage,
    Permission::ProductsRead,
    Permission::ProductsWrite,
    Permission::KeysRead,
    Permission::KeysWrite,
    Permission::SubscriptionsRead,
    Permission::SubscriptionsWrite,
    Permission::MoneyWrite,
    Permission::DataRead,
    Permission::DataWrite,
    Permission::CommunicationsRead,
    Permission::CommunicationsWrite,
    Permission::StripeRead,
    Permission::StripeManage,
    Permission::SettingsRead,
    Permission::SettingsWrite,
    Permission::StaffRead,
    Permission::AuditRead,
];

const SUPPORT: &[Permission] = &[
    Permission::DashboardRead,
    Permission::CustomersRead,
    Permission::CustomersWrite,
    Permission::LinksManage,
    Permission::ProductsRead,
    Permission::KeysRead,
    Permission::KeysWrite,
    Permission::SubscriptionsRead,
    Permission::SubscriptionsWrite,
    Permission::DataRead,
    Permission::DataWrite,
    Permission::CommunicationsRead,
    Permission::CommunicationsWrite,
    Permission::StripeRead,
    Permission::SettingsRead,
    Permission::StaffRead,
];

const VIEWER: &[Permission] = &[
    Permission::DashboardRead,
    Permission::CustomersRead,
    Permission::ProductsRead,
    Permission::KeysRead,
    Permission::SubscriptionsRead,
    Permission::DataRead,
    Permission::CommunicationsRead,
    Permission::StripeRead,
    Permission::SettingsRead,
    Permission::StaffRead,
    Permission::AuditRead,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_grow_from_viewer_to_owner() {
        for permission in Permission::ALL {
            assert!(Role::Owner.may(*permission));
            let owners = [Permission::StaffManage, Permission::SigningManage].contains(permission);
            assert_eq!(Role::Admin.may(*permission), !owners, "{permission:?}");
        }
        for permission in SUPPORT {
            assert!(Role::Admin.may(*permission));
        }
        assert!(!Role::Viewer.may(Permission::CustomersWrite));
        assert!(!Role::Support.may(Permission::SettingsWrite));
        assert!(!Role::Support.may(Permission::StripeManage));
    }

    #[test]
    fn a_permission_of_a_newer_server_is_read_and_never_granted() {
        let unknown: Permission = serde_json::from_str("\"fly\"").unwrap();
        assert_eq!(unknown, Permission::Unknown);
        assert!(!Role::Owner.may(unknown));
    }

    #[test]
    fn words_round_trip() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
