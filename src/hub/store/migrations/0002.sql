-- What the town fetches from elsewhere, and what came of it.

CREATE TABLE sources (
    -- Small letters, digits and hyphens: it stands in ids.
    name TEXT PRIMARY KEY,
    -- What staff call it.
    title TEXT NOT NULL,
    -- Of two that say something about one thing, the lower number is believed.
    rank INTEGER NOT NULL,
    -- As in sources.toml, as JSON, without its key.
    entry TEXT NOT NULL,
    -- Told to nobody but its server.
    key TEXT NOT NULL DEFAULT '',
    -- 15m, 6h, 1d, or at 05:30.
    schedule TEXT NOT NULL,
    -- What it brings is published without being looked at.
    is_direct INTEGER NOT NULL,
    is_paused INTEGER NOT NULL DEFAULT 0,
    -- Staff typed its address, not town IT.
    is_of_staff INTEGER NOT NULL,
    -- Somebody asked for it to be fetched now.
    is_wanted INTEGER NOT NULL DEFAULT 0,
    tried INTEGER,
    good INTEGER,
    down_since INTEGER,
    error TEXT NOT NULL DEFAULT '',
    items INTEGER NOT NULL DEFAULT 0,
    problems INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE imported (
    item TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    -- As the sources give it.
    body TEXT NOT NULL,
    -- SHA-256 of body and source.
    digest TEXT NOT NULL,
    -- When it first came.
    since INTEGER NOT NULL,
    is_direct INTEGER NOT NULL,
    -- What staff changed here: a JSON merge patch; and what the sources said of those fields then.
    own TEXT NOT NULL DEFAULT '{}',
    below TEXT NOT NULL DEFAULT '{}',
    is_hidden INTEGER NOT NULL DEFAULT 0,
    -- The sources say something else now below what staff changed.
    is_changed_below INTEGER NOT NULL DEFAULT 0,
    -- No source has it any more; what staff decided about it is kept in case it comes back.
    is_gone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX imported_by_source ON imported (source);

-- How far what was fetched has come.
CREATE TABLE imports (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- A digest of the results that the items were made of.
    made_by TEXT NOT NULL,
    -- Something is off the displays for good that they still show.
    is_publication_due INTEGER NOT NULL,
    publication_error TEXT NOT NULL
) STRICT;

INSERT INTO imports VALUES (1, '', 0, '');
