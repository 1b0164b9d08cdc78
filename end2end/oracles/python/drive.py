"""Drives a running Stripe stand-in as an ordinary program would, with the official Python package.

Usage: drive.py STRIPE_URL KEY CONTROL_TOKEN

Lives through a purchase, a change, a renewal, a refund and an ending, checks what each answer says, and
verifies the signature of every webhook with the package's own verifier. Exits 1 at the first mismatch.
"""

import http.server
import json
import sys
import threading
import time
import urllib.parse
import urllib.request

import stripe

CHECKS = 0


def check(what, holds):
    """Counts a check that holds; ends the run at one that does not."""
    global CHECKS
    if not holds:
        sys.exit(f"mismatch: {what}")
    CHECKS += 1


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps the webhooks that arrive."""

    received = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((body, self.headers["Stripe-Signature"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


class Control:
    """The stand-in's own control interface."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    def post(self, path, body):
        request = urllib.request.Request(
            f"{self.url}/_ctl{path}",
            json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)


def refused(kind, call, **expected):
    """Checks that a call fails with this kind of error and these attributes."""
    try:
        call()
    except kind as error:
        for name, value in expected.items():
            check(f"{kind.__name__}.{name} is {getattr(error, name)!r}", getattr(error, name) == value)
        return
    sys.exit(f"mismatch: {kind.__name__} did not happen")


def catalogue():
    product = stripe.Product.create(name="Editor", metadata={"skm_product_id": "1"})
    price = stripe.Price.create(
        product=product.id,
        currency="eur",
        unit_amount=900,
        recurring={"interval": "month"},
        metadata={"skm": '{"F3":true}'},
    )
    check("price knows its product", stripe.Price.retrieve(price.id, expand=["product"]).product.name == "Editor")
    dearer = stripe.Price.create(product=product.id, currency="eur", unit_amount=1800, recurring={"interval": "month"})
    return price, dearer


def customer():
    params = {"email": "ada@example.com", "metadata": {"skm_customer_id": "42"}, "idempotency_key": "customer-42"}
    first, second = stripe.Customer.create(**params), stripe.Customer.create(**params)
    check("one key makes one customer", first.id == second.id)
    refused(stripe.IdempotencyError, lambda: stripe.Customer.create(**{**params, "email": "bob@example.com"}))
    stripe.Customer.modify(first.id, metadata={"note": "x"})
    check("metadata merges", stripe.Customer.retrieve(first.id).metadata.to_dict() == {"skm_customer_id": "42", "note": "x"})
    stripe.Customer.modify(first.id, metadata={"note": ""})
    check("an empty value removes a key", "note" not in stripe.Customer.retrieve(first.id).metadata)
    return first


def buy(control, buyer, price):
    session = stripe.checkout.Session.create(
        mode="subscription",
        customer=buyer.id,
        line_items=[{"price": price.id, "quantity": 1}],
        subscription_data={"metadata": {"skm_temp_var": "placeholder"}},
        metadata={"only": "session"},
        success_url="http://127.0.0.1/done?cs={CHECKOUT_SESSION_ID}",
    )
    check("nothing is bought yet", session.subscription is None and session.status == "open")
    with urllib.request.urlopen(session.url) as page:
        check("the pay page opens", "Simulated payments" in page.read().decode())
    control.post(f"/checkout/{session.id}/complete", {})
    session = stripe.checkout.Session.retrieve(session.id, expand=["subscription", "invoice", "line_items"])
    subscription = session.subscription
    check("the session is complete and paid", (session.status, session.payment_status) == ("complete", "paid"))
    check("the subscription runs", subscription.status == "active")
    check("session metadata stays with the session", subscription.metadata.to_dict() == {"skm_temp_var": "placeholder"})
    check("line items are listed", session.line_items.data[0].price.id == price.id)
    check("periods are on the items", "current_period_end" in subscription["items"].data[0])
    check("and only there", "current_period_end" not in subscription)
    invoice = session.invoice
    check("the invoice names its subscription", invoice.parent.subscription_details.subscription == subscription.id)
    check("the invoice is paid", invoice.status == "paid" and invoice.amount_paid == 900)
    return subscription


def write_back(subscription):
    changed = stripe.Subscription.modify(subscription.id, metadata={"skm_key_id": "7", "skm_temp_var": ""})
    check("the write-back took", changed.metadata.to_dict() == {"skm_key_id": "7"})
    first = stripe.Invoice.retrieve(changed.latest_invoice)
    snapshot = first.parent.subscription_details.metadata.to_dict()
    check("the first invoice keeps its snapshot", snapshot == {"skm_temp_var": "placeholder"})


def change_plan(subscription, dearer):
    item = subscription["items"].data[0].id
    details = {"items": [{"id": item, "price": dearer.id}], "proration_behavior": "always_invoice"}
    preview = stripe.Invoice.create_preview(subscription=subscription.id, subscription_details=details)
    lines = preview.lines.data
    check("the preview credits and charges", [line.amount < 0 for line in lines] == [True, False])
    check("its lines are prorations", all(line.parent.subscription_item_details.proration for line in lines))
    changed = stripe.Subscription.modify(subscription.id, **details)
    paid = stripe.Invoice.retrieve(changed.latest_invoice)
    check("the change costs what was previewed", abs(paid.total - preview.total) <= 1)


def lists(buyer):
    for number in range(12):
        stripe.Customer.create(email=f"{number}@example.com")
    page = stripe.Customer.list()
    check("ten to a page", len(page.data) == 10 and page.has_more)
    every = [one.id for one in stripe.Customer.list(limit=5).auto_paging_iter()]
    check("paging reaches everybody once", len(every) == len(set(every)) and every[-1] == buyer.id)


def errors(price):
    refused(stripe.InvalidRequestError, lambda: stripe.Price.retrieve("price_x"), http_status=404, code="resource_missing")
    refused(
        stripe.InvalidRequestError,
        lambda: stripe.Customer.create(nonsense="x"),
        http_status=400,
        code="parameter_unknown",
        param="nonsense",
    )
    refused(stripe.AuthenticationError, lambda: stripe.Price.retrieve(price.id, api_key="sk_live_x"), http_status=401)


def money_back(control, subscription):
    paid = stripe.InvoicePayment.list(invoice=subscription.latest_invoice)
    intent = paid.data[0].payment.payment_intent
    refund = stripe.Refund.create(payment_intent=intent, amount=100)
    charge = stripe.Charge.retrieve(refund.charge)
    check("part of the money went back", charge.amount_refunded == 100 and not charge.refunded)
    control.post(f"/refunds/{refund.id}/fail", {"reason": "lost_or_stolen_card"})
    refund = stripe.Refund.retrieve(refund.id)
    check("it came back from the bank", refund.status == "failed" and refund.failure_reason == "lost_or_stolen_card")
    check("the charge says so", stripe.Charge.retrieve(refund.charge).amount_refunded == 0)


def time_passes(control, subscription):
    before = subscription["items"].data[0].current_period_end
    control.post("/advance", {"seconds": 32 * 86400})
    renewed = stripe.Subscription.retrieve(subscription.id, expand=["latest_invoice"])
    check("the period moved", renewed["items"].data[0].current_period_end > before)
    check("the renewal is paid", renewed.latest_invoice.status == "paid")
    check("for a new cycle", renewed.latest_invoice.billing_reason == "subscription_cycle")
    ended = stripe.Subscription.cancel(subscription.id)
    check("it ended", ended.status == "canceled" and ended.ended_at is not None)
    listed = [one.id for one in stripe.Subscription.list(customer=subscription.customer).data]
    check("lists leave out what ended", subscription.id not in listed)
    listed = [one.id for one in stripe.Subscription.list(customer=subscription.customer, status="all").data]
    check("unless asked for all", subscription.id in listed)


def webhooks(secret, expected):
    waited = 0.0
    while waited < 10:
        types = {json.loads(body)["type"] for body, _ in Receiver.received}
        if expected <= types:
            break
        time.sleep(0.1)
        waited += 0.1
    check(f"events {expected - types} arrived", expected <= types)
    for body, signature in Receiver.received:
        # Time was moved on purpose, so age says nothing here; the signature has to be right.
        event = stripe.Webhook.construct_event(body, signature, secret, tolerance=0)
        check(f"{event.type} has an id and a version", event.id.startswith("evt_") and event.api_version == stripe.api_version)
    body, signature = Receiver.received[0]
    refused(stripe.SignatureVerificationError, lambda: stripe.Webhook.construct_event(body, signature, "whsec_x", tolerance=0))


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: drive.py STRIPE_URL KEY CONTROL_TOKEN")
    url, stripe.api_key, token = sys.argv[1:]
    if urllib.parse.urlsplit(url).hostname not in ("localhost", "127.0.0.1"):
        sys.exit("the stand-in runs on this machine only")
    stripe.api_base = url
    control = Control(url, token)
    receiver = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    endpoint = stripe.WebhookEndpoint.create(
        url=f"http://127.0.0.1:{receiver.server_port}/",
        enabled_events=["checkout.session.completed", "customer.subscription.updated", "customer.subscription.deleted", "invoice.paid", "charge.refunded", "refund.created", "refund.updated", "refund.failed"],
        api_version=stripe.api_version,
    )
    price, dearer = catalogue()
    buyer = customer()
    subscription = buy(control, buyer, price)
    write_back(subscription)
    money_back(control, subscription)
    change_plan(subscription, dearer)
    lists(buyer)
    errors(price)
    time_passes(control, subscription)
    webhooks(endpoint.secret, {"checkout.session.completed", "customer.subscription.updated", "customer.subscription.deleted", "invoice.paid", "charge.refunded", "refund.created", "refund.updated", "refund.failed"})
    portal = stripe.billing_portal.Session.create(customer=buyer.id, return_url="http://127.0.0.1/")
    with urllib.request.urlopen(portal.url) as page:
        check("the portal opens", "Return to the shop" in page.read().decode())
    print(f"python: {CHECKS} checks with stripe {stripe.VERSION if hasattr(stripe, 'VERSION') else '16.0.1'} hold")


main()
