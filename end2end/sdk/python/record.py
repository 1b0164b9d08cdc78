"""Writes an activation's answer as it came. Usage: record.py READY_JSON FILE"""

import sys
import urllib.parse
import urllib.request

from licensing.internal import HelperMethods
from licensing.methods import Data, Key

from place import Place

place = Place(sys.argv[1])
HelperMethods.server_address = f"{place.url}/api/"
made, message = Key.create_key(
    place.token, place.product, period=30, f1=True, max_no_of_machines=2, new_customer=True, name="Yc", email="yc@sdk.example"
)
assert made, message
Data.add_data_object_to_key(place.token, place.product, made["key"], "seats", "", 7)
form = {
    "token": place.token, "ProductId": place.product, "Key": made["key"], "MachineCode": "289jf2afs3",
    "Sign": "true", "SignMethod": 1, "v": 1, "modelversion": 3,
}
with urllib.request.urlopen(f"{place.url}/api/key/Activate", urllib.parse.urlencode(form).encode()) as answer:
    with open(sys.argv[2], "wb") as file:
        file.write(answer.read())
