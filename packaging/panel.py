"""What stands on the kiosk's panel, and fingers that touch it.

Where a button lies is read from what the kiosk says of its screen (`parvis render --tree`). That the panel shows a screen is
checked by its pixels, against the same screen drawn from the display's own store.
"""

import json
import os
import subprocess

from house import Broken, wait_for

# Of the pixels of a part of a screen: fonts and lines are drawn the same, a clock or a fade is not.
SAME_SHARE = 0.97
SAMPLE = 20_000


def output(command):
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise Broken(f"{command[0]}: {done.stderr.decode(errors='replace').strip()[-500:]}")
    return done.stdout


class Picture:
    def __init__(self, pixels, width):
        self.pixels, self.width = pixels, width

    def part(self, rect):
        left, top, width, height = rect
        rows = range(top, top + height)
        return b"".join(self.pixels[(row * self.width + left) * 3 : (row * self.width + left + width) * 3] for row in rows)

    def alike(self, other, rect):
        """The share of pixels in a rectangle that are about the same in both."""
        ours, theirs = self.part(rect), other.part(rect)
        # Of a large part some pixels say enough, and what is being timed does not wait for the others.
        looked_at = range(0, len(ours), 3 * max(1, len(ours) // (3 * SAMPLE)))
        far = sum(1 for at in looked_at if abs(ours[at] - theirs[at]) + abs(ours[at + 1] - theirs[at + 1]) > 48)
        return 1 - far / max(1, len(looked_at))


class Screen:
    """One screen as the kiosk would draw it: its picture, and what it says of itself."""

    def __init__(self, picture, tree, scale):
        self.picture, self.tree, self.scale = picture, tree, scale

    def find(self, begins):
        plain = lambda name: "".join(letter for letter in name if letter not in "\u2066\u2067\u2068\u2069")
        found = next((it for it in self.tree if it.get("touchable") and plain(it["name"]).startswith(begins)), None)
        if not found:
            raise Broken(f"no button « {begins} » on this screen")
        return tuple(int(side * self.scale) for side in found["rect_mm"])


class Panel:
    def __init__(self, house):
        self.house = house
        self.find_window()

    def find_window(self):
        pid = str(self.house.running["kiosk"].pid)
        self.window = wait_for("the kiosk's window", lambda: self.search(pid))
        shape = output(["xdotool", "getwindowgeometry", "--shell", self.window]).decode()
        said = dict(line.split("=") for line in shape.split())
        self.width, self.height = int(said["WIDTH"]), int(said["HEIGHT"])

    @staticmethod
    def search(pid):
        done = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", pid], capture_output=True, text=True, check=False)
        return done.stdout.split()[-1] if done.stdout.split() else None

    def touch(self, rect):
        left, top, width, height = rect
        output(["xdotool", "mousemove", "--window", self.window, left + width // 2, top + height // 2, "click", 1])

    def now(self):
        pixels = output(["import", "-window", self.window, "-depth", "8", "rgb:-"])
        if len(pixels) != self.width * self.height * 3:
            raise Broken("the panel's picture has another size than its window")
        return Picture(pixels, self.width)

    def screen(self, name, language="fr", more=()):
        out, tree = self.house.folder / f"{name}.png", self.house.folder / f"{name}.json"
        size = f"{self.width}x{self.height}"
        self.house.once("parvis", "render", name, "--store", self.house.store, "--lang", language, "--size", size,
                        "-o", out, "--tree", tree, *more)
        picture = Picture(output(["convert", out, "-alpha", "off", "-depth", "8", "rgb:-"]), self.width)
        os.unlink(out)
        # The panel of the demo's profile is 685 mm wide.
        return Screen(picture, json.loads(tree.read_text()), self.width / 685)

    def shows(self, screen, button):
        return self.now().alike(screen.picture, screen.find(button)) >= SAME_SHARE

    def wait_until_it_shows(self, what, screen, button):
        wait_for(what, lambda: self.shows(screen, button))
