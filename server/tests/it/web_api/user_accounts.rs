//! User accounts that programs sign in with.

use serde_json::json;

use super::Vendor;
use crate::on_both_databases;

const WRONG: &str = "Unable to authenticate user.";

on_both_databases! {
    async fn an_account_signs_in_changes_its_password_and_goes(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let customer = vendor.program.does("customer/AddCustomer", &[("Name", "Ann")]).await["customerId"].to_string();
        let product = vendor.product.to_string();
        vendor.program.does("key/CreateKey", &[("ProductId", &product), ("CustomerId", &customer)]).await;
        vendor.program.does("userauth/Register", &[("username", "None"), ("password", " p "), ("email", "a@x"), ("customerid", "0")]).await;
        assert_eq!(vendor.program.fails("userauth/Register", &[("username", "NONE"), ("password", "q")]).await.1, "Username already exists. Please pick a different one.");
        assert_eq!(vendor.program.fails("userauth/Register", &[("username", "x")]).await.1, "No username or password supplied.");
        let sign_in = [("username", "none"), ("password", " p ")];
        assert_eq!(vendor.program.does("userauth/login", &sign_in).await["licenseKeys"], json!([]));
        vendor.program.does("userauth/Associate", &[("username", "None"), ("customerid", &customer)]).await;
        assert_eq!(vendor.program.does("userauth/login", &sign_in).await["licenseKeys"].as_array().unwrap().len(), 1);
        assert_eq!(vendor.program.fails("userauth/Associate", &[("username", "None"), ("customerid", "424242")]).await.1, "Customer not found.");
        let users = vendor.program.does("userauth/GetUsers", &[("customerid", &customer)]).await;
        assert_eq!((&users["users"][0]["username"], users["users"][0]["customerId"].to_string()), (&json!("None"), customer.clone()));

        let mut shipped = vendor.program_with(&["UserAuthNormal"], latchkey::identity::tokens::NewToken::default()).await;
        assert_eq!(shipped.fails("userauth/login", &[("username", "None"), ("password", "p")]).await.1, WRONG, "spaces belong to it");
        assert_eq!(shipped.fails("userauth/login", &[("username", "Nobody"), ("password", "p")]).await.1, WRONG);
        assert_eq!(shipped.fails("userauth/Register", &[("username", "y"), ("password", "p")]).await.1, "Access denied.");
        let change = |old, token, admin| [("username", "None"), ("OldPassword", old), ("NewPassword", "new"), ("PasswordResetToken", token), ("AdminMode", admin)];
        assert_eq!(shipped.fails("userauth/ChangePassword", &change("wrong", "", "False")).await.1, WRONG);
        assert_eq!(shipped.fails("userauth/ChangePassword", &change("", "", "True")).await.1, "Access denied.");
        shipped.does("userauth/ChangePassword", &change(" p ", "", "False")).await;
        shipped.does("userauth/login", &[("username", "None"), ("password", "new")]).await;

        let token = vendor.program.does("userauth/ResetPasswordToken", &[("username", "None")]).await["passwordResetToken"].as_str().unwrap().to_owned();
        let with_token = [("username", "None"), ("NewPassword", "newer"), ("PasswordResetToken", token.as_str())];
        shipped.does("userauth/ChangePassword", &with_token).await;
        assert_eq!(shipped.fails("userauth/ChangePassword", &with_token).await.1, WRONG, "once");
        vendor.program.does("userauth/ChangePassword", &[("username", "None"), ("NewPassword", "newest"), ("AdminMode", "True")]).await;
        vendor.program.does("userauth/Dissociate", &[("username", "None")]).await;
        vendor.program.does("userauth/RemoveUser", &[("username", "None")]).await;
        assert_eq!(vendor.program.fails("userauth/RemoveUser", &[("username", "None")]).await.1, "Username does not exist.");
        assert_eq!(vendor.program.fails("userauth/ResetPasswordToken", &[("username", "None")]).await.1, "Username does not exist.");
    }

    async fn guessing_a_password_is_stopped(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        vendor.program.does("userauth/Register", &[("username", "ann"), ("password", "right")]).await;
        let mut last = 0;
        for number in 0..12 {
            last = vendor.program.call("userauth/login", &[("username", "ann"), ("password", &number.to_string())]).await.status.as_u16();
        }
        assert_eq!(last, 429);
        assert_eq!(vendor.program.call("userauth/login", &[("username", "ann"), ("password", "right")]).await.status, 429);
    }
}
