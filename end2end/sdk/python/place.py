"""The demo that is driven: what is not the licensing API is asked for here."""

import http.cookiejar
import json
import urllib.parse
import urllib.request


class Place:
    """A running demo with a person of its staff signed in."""

    def __init__(self, ready_file):
        with open(ready_file, encoding="utf-8") as file:
            self.ready = json.load(file)
        self.url = self.ready["url"]
        self.token = self.ready["api_token"]
        self.public_key = self.ready["public_key_xml"]
        self.product = self.ready["products"][0]["id"]
        self.other_product = self.ready["products"][1]["id"]
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        owner = self.ready["staff"][0]
        self.staff("POST", "/staff/sign-in", {"email": owner["email"], "password": owner["password"]})

    def staff(self, method, path, body=None):
        """A call of the JSON API in the name of a person."""
        return self.send(method, f"{self.url}/api/v1{path}", body)

    def send(self, method, url, body=None, headers=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json", **(headers or {})}
        request = urllib.request.Request(url, data, headers, method=method)
        with self.opener.open(request) as response:
            text = response.read()
            return json.loads(text) if text else None

    def token_with(self, scopes, **locks):
        """A new access token."""
        form = {"name": "sdk", "scopes": scopes, **locks}
        return self.staff("POST", "/tokens", form)["token"]

    def stripe(self, method, path, form=None):
        """A call of the Stripe stand-in, as the vendor's dashboard makes."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        headers = {"authorization": f"Bearer {self.ready['stripe_key']}"}
        request = urllib.request.Request(f"{self.ready['stripe_url']}/v1/{path}", data, headers, method=method)
        with urllib.request.urlopen(request) as response:
            return json.loads(response.read())

    def let_pass(self, seconds):
        """Lets time pass: the demo lives in the time of its Stripe stand-in."""
        headers = {"authorization": f"Bearer {self.ready['stripe_control_token']}"}
        self.send("POST", f"{self.ready['stripe_url']}/_ctl/advance", {"seconds": seconds}, headers)
