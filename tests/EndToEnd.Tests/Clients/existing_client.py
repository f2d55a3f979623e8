"""One request as the original command line sends it: Python's requests, a JSON content type on everything, and
whatever the netrc of the home directory says.

    existing_client.py METHOD URL [--body JSON] [--login EMAIL PASSWORD]

Prints what came back as one JSON object. --login gives the credentials as the original does at its log-in: each part
percent-encoded, in place of those of the netrc.
"""

import argparse
import json
from urllib.parse import quote

import requests


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("method")
    parser.add_argument("url")
    parser.add_argument("--body")
    parser.add_argument("--login", nargs=2)
    return parser.parse_args()


options = parse()
headers = {"Content-Type": "application/json", "User-Agent": "GigalixirCLI/1.16.1"}
login = options.login and tuple(quote(part) for part in options.login)
response = requests.request(options.method, options.url, headers=headers, data=options.body, auth=login, timeout=30)
print(json.dumps({
    "status": response.status_code,
    "redirected": bool(response.history),
    "headers": {name.lower(): value for name, value in response.headers.items()},
    "sent": {name.lower(): value for name, value in response.request.headers.items()},
    "body": response.json() if response.content else None,
}))
