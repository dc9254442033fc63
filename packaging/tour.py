"""A tour of three minutes for a mayor, played on the kiosk. Each step waits for the thing and checks that it happened."""

import subprocess
import time
import urllib.parse

from house import EMAIL, Broken, wait_for
from panel import Panel
from staff import Staff

HOME_BUTTON, ACCESS_BUTTON, TONIGHT, WELCOME = "Accueil", "Accès", "Aujourd’hui", "Bienvenue"
WHEELCHAIR, GERMAN = "Je suis en fauteuil roulant", "Guten Tag"
# What is seen is looked at before the next step begins.
PAUSE_S = 12
CONCERT = "Concert au port"


class Tour:
    def __init__(self, house, pauses):
        self.house, self.pauses = house, pauses
        self.panel, self.staff = Panel(house), Staff(house)
        self.figures = []

    def seen(self, french, english):
        print(f"      vu    {french}\n      seen  {english}", flush=True)
        if self.pauses:
            time.sleep(PAUSE_S)

    def measured(self, what, began):
        self.figures.append((what, f"{time.monotonic() - began:.1f} s"))

    def go(self, screen, button, to, expected):
        """Touches a button of a screen and waits until another screen is there, known by one of its buttons."""
        self.panel.touch(screen.find(button))
        self.panel.wait_until_it_shows(f"« {button} » touched", to, expected)

    def without_network(self):
        """The hub is stopped: for a display that is the same as a cable that was cut."""
        self.house.kill("hub")
        attract, self.home = self.panel.screen("attract"), self.panel.screen("home")
        self.go(attract, WELCOME, self.home, ACCESS_BUTTON)
        self.seen("le serveur est arrêté, la borne répond au doigt", "the server is stopped, and the kiosk answers a finger")

    def wheelchair(self):
        access, agenda = self.panel.screen("access"), self.panel.screen("agenda")
        self.go(self.home, ACCESS_BUTTON, access, "Contraste")
        self.panel.touch(access.find(WHEELCHAIR))
        before, switch = access.picture, access.find(WHEELCHAIR)
        # Of a switch little changes: its mark.
        wait_for("the choice is on", lambda: self.panel.now().alike(before, switch) < 0.997)
        if not self.panel.shows(access, "Je vois mal"):
            raise Broken("another choice than the wheelchair has changed")
        self.go(access, HOME_BUTTON, self.home, ACCESS_BUTTON)
        self.go(self.home, TONIGHT, agenda, "Retour")
        self.seen("« Je suis en fauteuil roulant » est choisi ; ce qui est accessible ce soir",
                  "“I use a wheelchair” is chosen; what is on tonight with that in mind")
        self.go(agenda, HOME_BUTTON, self.home, ACCESS_BUTTON)

    def german(self):
        german = self.panel.screen("home", "de")
        self.go(self.home, GERMAN, german, "Sprache")
        self.seen("la borne parle allemand", "the kiosk speaks German")

    def title(self):
        self.house.start_hub()
        self.staff.sign_in(EMAIL, self.house.password)
        address = self.staff.item(CONCERT)
        before, _ = self.house.revision()
        title = self.staff.value(address, "title.fr").split(" · ")[0] + time.strftime(" · %H h %M")
        self.staff.send(address, address, title__fr=title, action="ready")
        began = time.monotonic()
        self.staff.send("/staff/publish", "/staff/publish")
        wait_for("the new title is on the panel", lambda: self.drawn_after(before), every_s=0.05)
        self.measured("publish to panel / de « Publier » à l’écran", began)
        if title not in self.on_display(address):
            raise Broken("the display has another title")
        self.seen(f"réseau rétabli, titre changé : « {title} »", f"network on again, a title changed: “{title}”")

    def drawn_after(self, before):
        now = self.house.revision()
        return now and now[1] and now[0] != before

    def on_display(self, address):
        """The words of an item's screen, drawn from the display's own store."""
        item = address.removeprefix("/staff/items/")
        screen = self.panel.screen("event", more=("--id", urllib.parse.unquote(item)))
        return " ".join(it["name"] for it in screen.tree)

    def alert(self):
        before = self.panel.now()
        whole = (0, 0, self.panel.width, self.panel.height)
        changed = lambda: before.alike(self.panel.now(), whole) < 0.5
        began = time.monotonic()
        self.staff.send("/staff/alerts", "/staff/alerts", title__fr="Orage violent ce soir", title__en="Violent storm tonight",
                        instruction__fr="Mettez-vous à l’abri.", severity="extreme", hours="1", sure="yes")
        wait_for("the alert has the panel", changed, every_s=0.05)
        self.measured("alert, form to panel / de l’alerte à l’écran", began)
        self.seen("alerte sur l’écran ; elle irait sur tous à la fois", "an alert on the panel; it goes to every display at once")
        began = time.monotonic()
        self.staff.send("/staff/alerts", "/staff/alerts/clear")
        wait_for("the alert is gone", lambda: not changed(), every_s=0.05)
        self.measured("cleared, form to panel / de la levée à l’écran", began)
        self.seen("levée : l’écran reprend", "cleared: the panel goes on")

    def killed(self):
        before = self.house.revision()
        self.house.kill("kiosk")
        took = self.house.start_kiosk()
        self.panel.find_window()
        self.figures.append(("kiosk killed, back after / borne tuée, revenue en", f"{took / 1000:.1f} s"))
        wait_for("the same content is drawn", lambda: self.house.revision() == before)
        self.panel.wait_until_it_shows("the first screen", self.panel.screen("attract"), "Hello")
        self.seen("kill -9 : la borne revient avec le même contenu", "kill -9: the kiosk is back with the same content")

    def access(self):
        """Measured on the screens of this display's own content."""
        print(f"      {'écran / screen':<20}{'boutons / buttons':>20}{'sans nom / unnamed':>22}{'plus petit / smallest':>24}")
        for name in ("attract", "home", "agenda", "access", "search"):
            touched = [it for it in self.panel.screen(name).tree if it.get("touchable")]
            unnamed = sum(1 for it in touched if not it["name"].strip())
            smallest = min(min(it["rect_mm"][2:]) for it in touched)
            print(f"      {name:<20}{len(touched):>20}{unnamed:>22}{smallest:>21.1f} mm")
            if unnamed or smallest < 20:
                raise Broken(f"{name}: a button without a name, or smaller than 20 mm")
        self.seen("chaque bouton a un nom et au moins 20 mm", "every button has a name and at least 20 mm")

    def page(self):
        for name in ("hub", "sync", "kiosk"):
            status = open(f"/proc/{self.house.running[name].pid}/status").read()
            kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
            self.figures.append((f"memory / mémoire, {name}", f"{kib // 1024} MiB"))
        for what, figure in self.figures:
            print(f"      {what:<52}{figure:>10}")
        self.seen("mesuré pendant cette visite, sur cette machine", "measured during this tour, on this machine")


STEPS = [
    ("réseau coupé / network off", Tour.without_network),
    ("fauteuil roulant, ce soir / wheelchair, tonight", Tour.wheelchair),
    ("allemand / German", Tour.german),
    ("un titre changé / a title edited", Tour.title),
    ("alerte / alert", Tour.alert),
    ("kill -9", Tour.killed),
    ("accès / access", Tour.access),
    ("chiffres / figures", Tour.page),
]


def play(house, pauses):
    """Returns 0, or 1 after it has said which step failed."""
    began = time.monotonic()
    tour = Tour(house, pauses)
    for nr, (name, step) in enumerate(STEPS, 1):
        print(f"\n[{nr}/{len(STEPS)}] {name}", flush=True)
        try:
            step(tour)
        except (Broken, OSError, subprocess.SubprocessError) as why:
            print(f"FAILED: {name}: {why}", flush=True)
            return 1
    print(f"\n{len(STEPS)} steps passed in {time.monotonic() - began:.0f} s", flush=True)
    return 0
