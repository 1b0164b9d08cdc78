//! The group `userauth`.

use crate::licensing::wire::{
    method::methods,
    params::{Exact, Flag, MaybeId, Text},
    run::userauth as run,
};

methods! { "userauth";
    /// Lists the licences of whoever signs in.
    Login, scope ["UserAuthNormal", "UserAuthAdmin"], runs run::login {
        username: Exact<200> = "username", "User name.";
        password: Exact<500> = "password", "Password.";
    } answers ["licenseKeys"]

    /// Adds a user account.
    Register, scope ["UserAuthAdmin"], runs run::register {
        username: Exact<200> = "username", "User name.";
        password: Exact<500> = "password", "Password.";
        email: Text<100> = "email", "E-mail address.";
        customer: MaybeId = "customerid", "Whose account it is.";
    } answers []

    /// Gives a user account to a customer.
    Associate, scope ["UserAuthAdmin"], runs run::associate {
        username: Exact<200> = "username", "User name.";
        customer: MaybeId = "customerid", "Customer.";
    } answers []

    /// Takes a user account from its customer.
    Dissociate, scope ["UserAuthAdmin"], runs run::dissociate {
        username: Exact<200> = "username", "User name.";
    } answers []

    /// Lists user accounts.
    GetUsers, scope ["UserAuthAdmin"], runs run::list {
        customer: MaybeId = "customerid", "Only those of this customer.";
    } answers ["users"]

    /// Changes a password: with the old one, with a reset token, or as an admin.
    ChangePassword, scope ["UserAuthNormal", "UserAuthAdmin"], runs run::change_password {
        username: Exact<200> = "username", "User name.";
        old: Exact<500> = "OldPassword", "The password so far.";
        new: Exact<500> = "NewPassword", "The new password.";
        token: Text<200> = "PasswordResetToken", "From ResetPasswordToken.";
        admin: Flag = "AdminMode", "Whether to do without either; needs the scope UserAuthAdmin.";
    } answers []

    /// Answers a token by which a password can be changed once.
    ResetPasswordToken, scope ["UserAuthAdmin"], runs run::reset_password_token {
        username: Exact<200> = "username", "User name.";
    } answers ["passwordResetToken"]

    /// Removes a user account.
    RemoveUser, scope ["UserAuthAdmin"], runs run::remove {
        username: Exact<200> = "username", "User name.";
    } answers []
}
