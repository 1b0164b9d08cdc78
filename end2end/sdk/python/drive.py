"""Drives Latchkey with PyPI licensing as published. Usage: drive.py READY_JSON all|main"""

import json
import sys
import time

from licensing.internal import HelperMethods
from licensing.methods import AI, Customer, Data, Helpers, Key, Message, PaymentForm, Product, Subscription, User
from licensing.models import LicenseKey

from place import Place

LIMIT = "Cannot activate the new device as the limit has been reached."
NEVER = "Either the machine code was never activated or key activation feature was never set up."
CASES = []


def case(*, main=False):
    """A case; the main ones also run on PostgreSQL."""
    def keep(function):
        CASES.append((function, main))
        return function
    return keep


def same(found, expected, why=""):
    if found != expected:
        raise AssertionError(f"{why} found {found!r}, expected {expected!r}")


def new_key(place, **how):
    made, message = Key.create_key(place.token, place.product, **how)
    assert made, message
    return made["key"]


def activate(place, key, machine, token=None, **how):
    return Key.activate(token or place.token, place.public_key, place.product, key, machine, **how)


def get(place, key, **how):
    found = Key.get_key(place.token, place.public_key, place.product, key, **how)
    assert found[0], found[1]
    return found[0]


@case(main=True)
def machines_up_to_the_limit(place):
    key = new_key(place, period=30, f1=True, max_no_of_machines=2)
    first, message = activate(place, key, "a", friendly_name="Ada's laptop")
    assert first, message
    assert Helpers.IsOnRightMachine(first, custom_machine_code="a")
    assert not Helpers.IsOnRightMachine(first, custom_machine_code="b")
    same((first.f1, first.f2, first.period, first.product_id), (True, False, 30, place.product))
    same(first.activated_machines[0].FriendlyName, "Ada's laptop")
    second, _ = activate(place, key, "b")
    same([machine.FriendlyName for machine in second.activated_machines], ["Ada's laptop", ""], "None is no name")
    same(activate(place, key, "c"), (None, LIMIT))
    again, _ = activate(place, key, "a")
    same(len(again.activated_machines), 2, "the same machine again")
    same(Key.deactivate(place.token, place.product, key, "zzz"), (False, NEVER))
    same(Key.deactivate(place.token, place.product, key, "a"), (True, ""))
    assert activate(place, key, "c")[0]


@case(main=True)
def refusals_in_the_words_that_programs_compare(place):
    key = new_key(place, max_no_of_machines=1)
    same(Key.block_key(place.token, place.product, key)[0], True)
    same(activate(place, key, "a"), (None, "The key is blocked and cannot be accessed."))
    assert get(place, key).block, "a blocked key can be read"
    same(Key.unblock_key(place.token, place.product, key)[0], True)
    assert activate(place, key, "a")[0]
    same(activate(place, "AAAAA-AAAAA-AAAAA-AAAAA", "a"), (None, "Could not find the key."))
    wrong = Key.activate(place.token, place.public_key, 424242, key, "a")
    same(wrong, (None, "Could not find the product."))
    same(activate(place, key, "a", token="WyIxIiwieCJd"), (None, "Unable to authenticate."))
    locked = place.token_with(["Activate"], product_lock=place.other_product)
    same(activate(place, key, "a", token=locked), (None, "Access denied."))
    narrow = place.token_with(["GetKey"])
    same(activate(place, key, "a", token=narrow), (None, "Access denied."))
    same(Key.get_key(place.token, place.public_key, place.product, "X")[1], "Could not find the key.")


@case(main=True)
def floating_seats_with_an_overdraft_and_an_end(place):
    key = new_key(place, max_no_of_machines=2)
    seat = {"floating_time_interval": 300, "max_overdraft": 1}
    for machine in ("a", "b"):
        held, message = activate(place, key, machine, **seat)
        assert held, message
        assert Helpers.IsOnRightMachine(held, is_floating_license=True, custom_machine_code=machine)
        same(len(held.activated_machines), 1, "nobody sees the others")
    beyond, message = activate(place, key, "c", **seat)
    assert beyond, message
    assert not Helpers.IsOnRightMachine(beyond, is_floating_license=True, custom_machine_code="c")
    assert Helpers.IsOnRightMachine(beyond, is_floating_license=True, allow_overdraft=True, custom_machine_code="c")
    same(activate(place, key, "d", **seat), (None, LIMIT))
    same(Key.deactivate(place.token, place.product, key, "a", floating=True), (True, ""))
    assert activate(place, key, "d", **seat)[0]
    same(activate(place, key, "e", **seat), (None, LIMIT))
    place.let_pass(301)
    assert activate(place, key, "e", **seat)[0], "the leases are over"


@case(main=True)
def metadata_are_signed(place):
    key = new_key(place, period=1, max_no_of_machines=3)
    licence, _, metadata = activate(place, key, "a", metadata=True)
    same(metadata["ActivatedMachines"], 1)
    same(metadata["LicenseStatus"]["IsValid"], True)
    same(metadata["LicenseStatus"]["TimeLeft"], 1)
    assert licence
    place.let_pass(2 * 86_400)
    licence, _, metadata = activate(place, key, "a", metadata=True)
    same((metadata["LicenseStatus"]["IsValid"], metadata["LicenseStatus"]["ReasonForInvalidity"]), (False, 1))
    assert licence, "an expired key is not refused; the program decides"


@case()
def an_offline_copy_is_read_again_and_a_bent_one_is_not(place):
    key = new_key(place, period=30, max_no_of_machines=1)
    licence, _ = activate(place, key, "a")
    saved = licence.save_as_string()
    again = LicenseKey.load_from_string(place.public_key, saved, 30)
    same((again.key, again.expires), (licence.key, licence.expires))
    assert Helpers.HasNotExpired(again)
    bent = json.loads(saved)
    bent["licenseKey"] = bent["licenseKey"][:-8] + "AAAAAAA="
    same(LicenseKey.load_from_string(place.public_key, json.dumps(bent), 30), None)


@case()
def named_features(place):
    key = new_key(place)
    features = json.dumps(["f1", ["f2", [["voice", ["all"]], "image"]]])
    added, message = Data.add_data_object_to_key(place.token, place.product, key, "cryptolens_features", features)
    assert added, message
    licence = get(place, key)
    for name, there in (("f1", True), ("f2", True), ("f2.voice.all", True), ("f2.image", True), ("f2.video", False), ("f3", False)):
        same(Helpers.HasFeature(licence, name), there, name)


@case(main=True)
def one_trial_per_machine(place):
    first, message = Key.create_trial_key(place.token, place.product, "trial-machine")
    assert first, message
    same(Key.create_trial_key(place.token, place.product, "trial-machine"), (first, ""))
    licence, _ = activate(place, first, "trial-machine")
    assert Helpers.IsOnRightMachine(licence, custom_machine_code="trial-machine")
    Key.block_key(place.token, place.product, first)
    used = "This machine code has already activated the trial."
    same(Key.create_trial_key(place.token, place.product, "trial-machine"), (None, used))


@case(main=True)
def each_change_is_read_back(place):
    key = new_key(place, period=30, notes="one")
    before = get(place, key)
    for outcome in (
        Key.extend_license(place.token, place.product, key, 30),
        Key.add_feature(place.token, place.product, key, 3),
        Key.machine_lock_limit(place.token, place.product, key, 5),
        Key.change_notes(place.token, place.product, key, "two"),
    ):
        same(outcome[0], True, outcome[1])
    after = get(place, key)
    same(((after.expires - before.expires).days, after.f3, after.max_no_of_machines, after.notes), (30, True, 5, "two"))
    same(Key.remove_feature(place.token, place.product, key, 3)[0], True)
    same(get(place, key).f3, False)
    long = Key.change_notes(place.token, place.product, key, "n" * 501)
    same(long, (False, "The notes field cannot be more than 500 characters."))


@case()
def customers_and_their_licences(place):
    added, message = Customer.add_customer(place.token, "Ann", "ann@sdk.example", "Ann Ltd", True, True)
    assert added, message
    assert "/Associate?id=" in added["portalLink"], added
    key = new_key(place, customer_id=added["customerId"])
    same(get(place, key).customer["Name"], "Ann")
    other = new_key(place)
    same(Key.change_customer(place.token, place.product, other, added["customerId"])[0], True)
    listed, _ = Customer.get_customer_licenses(place.token, added["customerId"], detailed=True, metadata=True)
    same(sorted(it["key"] for it in listed["licenseKeys"]), sorted([key, other]))
    by_secret, _ = Customer.get_customer_licenses_by_secret(place.token, added["secret"])
    same(len(by_secret["licenseKeys"]), 2)
    same(Customer.get_customer_licenses_by_secret(place.token, "wrong"), (None, "Customer could not be found."))


@case(main=True)
def a_new_customer_s_key_is_in_the_portal_and_on_the_page(place):
    made, message = Key.create_key(
        place.token, place.product, period=30, new_customer=True, name="Nora", email="nora@sdk.example"
    )
    assert made, message
    page = place.staff("GET", f"/customers/{made['customerId']}")
    same((page["name"], [key["key"] for key in page["keys"]]), ("Nora", [made["key"]]))


@case()
def pages_of_ninety_nine(place):
    made, message = Key.create_key(place.token, place.other_product, no_of_keys=100, notes="paging")
    assert made, message
    same(len(made["createdKeys"]), 100)
    found = []
    for page in (1, 2):
        keys, message, counts = Product.get_keys(place.token, place.other_product, page, search_query='notes = "paging"')
        assert keys, message
        found.append((len(keys), counts["returned"], counts["total"], counts["pageCount"]))
    same(found, [(99, 99, 100, 2), (1, 1, 100, 2)])
    products, _ = Product.get_products(place.token)
    assert place.product in [product["id"] for product in products]


@case(main=True)
def counters_stop_at_their_bound(place):
    key = new_key(place)
    same(Data.add_data_object_to_key(place.token, place.product, key, "usage", "s", 9)[1], "")
    up = {"name": "usage", "int_value": 1, "enable_bound": True, "bound": 10}
    assert Data.increment_int_value_to_key(place.token, place.product, key, **up)[0]
    same(Data.increment_int_value_to_key(place.token, place.product, key, **up)[0], None)
    down = {"name": "usage", "int_value": 10, "enable_bound": True, "bound": 0}
    assert Data.decrement_int_value_to_key(place.token, place.product, key, **down)[0]
    same(Data.decrement_int_value_to_key(place.token, place.product, key, **down)[0], None)
    listed, _ = Data.list_key_data_objects(place.token, place.product, key, "us")
    same([(it["name"], it["intValue"]) for it in listed["dataObjects"]], [("usage", 0)])
    assert Data.remove_data_object_to_key(place.token, place.product, key, name="usage")[0]


@case()
def data_objects_of_machines(place):
    key = new_key(place, max_no_of_machines=1)
    added, message = Data.add_data_object_to_machine(place.token, place.product, key, "mc1", "n", "s", 1)
    assert added, message
    listed, _ = Data.list_machine_data_objects(place.token, place.product, key, "mc1")
    same(listed["dataObjects"][0]["stringValue"], "s")
    same(Data.list_machine_data_objects(place.token, place.product, key, "mc2")[0]["dataObjects"], [])
    assert Data.remove_data_object_to_machine(place.token, place.product, key, "mc1", added["id"])[0]


@case()
def messages_by_channel(place):
    first, message = Message.create_message(place.token, "one", "stable", 1000)
    assert first, message
    Message.create_message(place.token, "two", "beta")
    listed, _ = Message.get_messages(place.token, "stable", 0)
    same([(it["content"], it["created"]) for it in listed], [("one", 1000)])
    same(Message.get_messages(place.token, "stable", 1000)[0], [])
    same(Message.remove_message(place.token, first)[0], True)
    same(Message.get_messages(place.token, "stable", 0)[0], [])


@case()
def user_accounts(place):
    customer, _ = Customer.add_customer(place.token, "Uma")
    key = new_key(place, customer_id=customer["customerId"])
    assert User.register(place.token, "uma", "right", "uma@sdk.example")[0]
    exists = "Username already exists. Please pick a different one."
    same(User.register(place.token, "uma", "right"), (None, exists))
    same(User.login(place.token, "uma", "right"), ([], ""))
    assert User.associate(place.token, "uma", customer["customerId"])[0]
    licences, _ = User.login(place.token, "uma", "right")
    same([it["key"] for it in licences], [key])
    same(User.login(place.token, "uma", "wrong"), (None, "Unable to authenticate user."))
    users, _ = User.get_users(place.token, customer["customerId"])
    same([it["username"] for it in users], ["uma"])
    assert User.change_password(place.token, "uma", "newer", old_password="right")[0]
    reset, _ = User.reset_password_token(place.token, "uma")
    assert User.change_password(place.token, "uma", "newest", password_reset_token=reset)[0]
    assert User.change_password(place.token, "uma", "last", admin_mode=True)[0]
    assert User.login(place.token, "uma", "last")[0]
    assert User.dissociate(place.token, "uma")[0]
    same(User.login(place.token, "uma", "last"), ([], ""))
    assert User.remove_user(place.token, "uma")[0]
    same(User.remove_user(place.token, "uma"), (None, "Username does not exist."))


@case()
def resellers_and_templates(place):
    key = new_key(place)
    added = place.send("POST", f"{place.url}/api/reseller/AddReseller", {"token": place.token, "Name": "Rey", "Url": "https://rey.example"})
    same(Key.change_reseller(place.token, place.product, key, added["resellerId"])[0], True)
    same(get(place, key).reseller.Name, "Rey")
    template = place.staff("POST", f"/products/{place.product}/templates", {"name": "Year", "params": '{"F2":true,"Period":365}'})
    made, raw, message = Key.create_key_from_template(place.token, template["id"])
    assert made, message
    licence = get(place, made)
    same((licence.f2, licence.period, json.loads(raw)["key"]), (True, 365, made))


@case()
def events_and_what_the_log_tells(place):
    key = new_key(place, max_no_of_machines=1)
    activate(place, key, "a")
    activate(place, key, "b")
    event = AI.register_event(place.token, place.product, key, "a", "export", "done", 3, "USD", "m")
    assert event[0], event[1]
    events, _ = AI.get_events(place.token, 10, 0, place.product, key)
    same([(it["featureName"], it["value"]) for it in events], [("export", 3)])
    # The log is written a second later.
    for _ in range(50):
        logs, message = AI.get_web_api_log(place.token, place.product, key, limit=100)
        assert logs is not None, message
        activations = [(it["machineCode"], it["success"]) for it in logs if it["method"] == "key/Activate"]
        if len(activations) == 2:
            break
        time.sleep(0.1)
    same(sorted(activations), [("a", True), ("b", False)])
    devices, message = AI.get_key_devices(place.token, place.product, key=key)
    same([it["machineCode"] for it in devices or []], ["a"], message)
    summaries, message = AI.get_key_usage_summaries(place.token, place.product, key=key)
    assert summaries, message
    days, message = AI.get_daily_aggregates(place.token, place.product)
    assert days, message
    assert sum(day["totalRequestsLogged"] for day in days) > 10
    countries, message = AI.get_daily_country_aggregates(place.token, place.product)
    assert countries and all("countryCode" in day for day in countries), message
    buckets, message = AI.get_license_activity_buckets(place.token, place.product, key=key)
    assert {"a", "b"} <= {it["machineCode"] for it in buckets or []}, message


@case()
def fields_are_hidden(place):
    key = new_key(place, new_customer=True, name="Ann")
    hidden = 1 << 17
    licence, message = Key.get_key(place.token, place.public_key, place.product, key, fields_to_return=hidden)
    assert licence, message
    same((licence.customer, licence.key), (None, key))


@case()
def a_pay_page_is_opened(place):
    customer, _ = Customer.add_customer(place.token, "Paul", "paul@sdk.example")
    plan = next(plan for plan in place.staff("GET", f"/products/{place.product}")["plans"] if plan["offered"])
    currency = plan["price"]["currency"]
    opened, message = PaymentForm.create_session(place.token, plan["id"], currency, 0, custom_field=customer["customerId"])
    assert opened, message
    assert opened["sessionId"].startswith("cs_") and opened["url"].startswith("http"), opened
    dearer = PaymentForm.create_session(place.token, plan["id"], currency, 0, 123456.78, custom_field=customer["customerId"])
    same(dearer[0], None)


@case()
def use_is_recorded_where_a_subscription_charges_by_it(place):
    refused = "No active subscription found for this key."
    same(Subscription.record_usage_to_stripe(place.token, place.product, new_key(place), 1), (None, refused))
    rows = place.staff("GET", "/subscriptions?limit=100")["items"]
    paid = next(row for row in rows if row["status"] == "active" and row["keys"] and row["stripe_id"])
    key = place.staff("GET", f"/keys/{paid['keys'][0]['global_id']}")["row"]
    not_by_use = Subscription.record_usage_to_stripe(place.token, key["product"], key["key"], 1)
    assert not_by_use[0] is None and not_by_use[1].startswith("No active subscription found"), not_by_use

    item = place.stripe("GET", f"subscriptions/{paid['stripe_id']}")["items"]["data"][0]
    meter = {"display_name": "Exports", "event_name": "exports", "default_aggregation[formula]": "sum"}
    meter = place.stripe("POST", "billing/meters", meter)["id"]
    by_use = {
        "product": item["price"]["product"], "currency": item["price"]["currency"], "unit_amount": 10,
        "recurring[interval]": "month", "recurring[usage_type]": "metered", "recurring[meter]": meter, "metadata[skm]": "{}",
    }
    by_use = place.stripe("POST", "prices", by_use)["id"]
    place.stripe("POST", f"subscription_items/{item['id']}", {"price": by_use})
    place.staff("POST", "/stripe/sync", {})
    recorded = None, ""
    for _ in range(100):
        recorded = Subscription.record_usage_to_stripe(place.token, key["product"], key["key"], 3)
        if recorded[0]:
            break
        time.sleep(0.1)
    assert recorded[0], recorded[1]


def main():
    place = Place(sys.argv[1])
    HelperMethods.server_address = f"{place.url}/api/"
    chosen = [function for function, main_case in CASES if sys.argv[2] == "all" or main_case]
    failed = 0
    for number, function in enumerate(chosen, 1):
        name = function.__name__.replace("_", " ")
        try:
            function(place)
            print(f"ok {number} - {name}")
        except Exception as error:  # Every other case is still run.
            failed += 1
            print(f"not ok {number} - {name}: {type(error).__name__}: {error}")
    print(f"# pass {len(chosen) - failed}")
    print(f"# fail {failed}")
    sys.exit(1 if failed else 0)


main()
