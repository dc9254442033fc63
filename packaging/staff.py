"""Somebody of the town's staff in front of the hub's pages: reads forms, changes a field, sends them."""

import http.cookiejar
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from house import Broken


class Forms(HTMLParser):
    """The forms of a page with what stands in them, as a browser would send it."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.area, self.choices = [], None, None
        self.links = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "a":
            self.links.append(said.get("href") or "")
        if tag == "form":
            self.forms.append((said.get("action", ""), []))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        if tag == "textarea":
            self.area = (said["name"], "")
        elif tag == "select":
            self.choices = (said.get("name"), [])
        elif tag == "option" and self.choices:
            self.choices[1].append((said.get("value", ""), "selected" in said))
        elif tag == "input" and said.get("name"):
            if said.get("type") not in ("radio", "checkbox") or "checked" in said:
                fields.append((said["name"], said.get("value") or ""))

    def handle_data(self, text):
        if self.area:
            self.area = (self.area[0], self.area[1] + text)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            # The line break after the tag is the page's.
            self.forms[-1][1].append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        elif tag == "select" and self.choices:
            name, choices = self.choices
            chosen = [value for value, is_chosen in choices if is_chosen] or [value for value, _ in choices[:1]]
            self.forms[-1][1].extend((name, value) for value in chosen)
            self.choices = None


class Staff:
    def __init__(self, house):
        self.house = house
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                                  urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, path, fields=None):
        body = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.house.address + path, body, {"Accept-Language": "fr"})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.read().decode()
        except OSError as error:
            raise Broken(f"the hub, {path}: {error}") from error

    def send(self, page_path, form, **changed):
        """Sends a form of a page with some fields changed; others stay as they stand there."""
        fields = next((fields for to, fields in Forms(self.ask(page_path)).forms if to == form), None)
        if fields is None:
            raise Broken(f"{page_path} has no form for {form}")
        changed = {name.replace("__", "."): value for name, value in changed.items()}
        kept = [(name, value) for name, value in fields if name not in changed]
        return self.ask(form, kept + list(changed.items()))

    def sign_in(self, email, password):
        self.send("/login", "/login", email=email, password=password)

    def item(self, text):
        """The address of the first item that a search finds."""
        page = self.ask("/staff/items?" + urllib.parse.urlencode({"text": text}))
        found = (link for link in Forms(page).links if link.startswith("/staff/items/") and "/new/" not in link)
        address = next(found, None)
        if not address:
            raise Broken(f"the hub finds no « {text} »")
        return address

    def value(self, path, name):
        fields = next(fields for to, fields in Forms(self.ask(path)).forms if to == path)
        return dict(fields)[name]
