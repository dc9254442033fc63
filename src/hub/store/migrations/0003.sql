-- The media library: what there is to show, whose it is, and what shows it.

CREATE TABLE media (
    id TEXT PRIMARY KEY,
    -- Of the file that staff chose.
    name TEXT NOT NULL,
    -- What items name as the path of a picture: below the folder of media.
    file TEXT NOT NULL UNIQUE,
    -- The file as it came, which is never published; nothing where it did not come through the library.
    original TEXT NOT NULL,
    is_film INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    -- A JSON object: the text by language.
    alt TEXT NOT NULL,
    credit TEXT NOT NULL,
    licence TEXT NOT NULL,
    -- The town holds the rights itself.
    is_own INTEGER NOT NULL,
    -- JSON, as in an item; null where nobody has said.
    focal TEXT NOT NULL,
    -- JSON: what was kept of the original, as left, top, width and height in fractions; null for all of it.
    cut TEXT NOT NULL,
    -- JSON: what a poster seems to say of its event.
    hints TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE INDEX media_by_change ON media (changed DESC);

-- Which items show which file, now that they are written or published. Kept by what follows, whoever changes items.
CREATE TABLE media_uses (
    file TEXT NOT NULL,
    item TEXT NOT NULL,
    is_published INTEGER NOT NULL,
    PRIMARY KEY (file, item, is_published)
) STRICT, WITHOUT ROWID;

CREATE INDEX media_uses_by_item ON media_uses (item);

CREATE TRIGGER media_uses_new AFTER INSERT ON items BEGIN
    INSERT OR IGNORE INTO media_uses (file, item, is_published)
    SELECT value ->> '$.path', new.id, 0 FROM json_each(new.body, '$.media') WHERE value ->> '$.path' IS NOT NULL;
    INSERT OR IGNORE INTO media_uses (file, item, is_published)
    SELECT value ->> '$.path', new.id, 1 FROM json_each(new.published, '$.media') WHERE value ->> '$.path' IS NOT NULL;
END;

CREATE TRIGGER media_uses_changed AFTER UPDATE OF body, published ON items BEGIN
    DELETE FROM media_uses WHERE item = old.id;
    INSERT OR IGNORE INTO media_uses (file, item, is_published)
    SELECT value ->> '$.path', new.id, 0 FROM json_each(new.body, '$.media') WHERE value ->> '$.path' IS NOT NULL;
    INSERT OR IGNORE INTO media_uses (file, item, is_published)
    SELECT value ->> '$.path', new.id, 1 FROM json_each(new.published, '$.media') WHERE value ->> '$.path' IS NOT NULL;
END;

CREATE TRIGGER media_uses_gone AFTER DELETE ON items BEGIN
    DELETE FROM media_uses WHERE item = old.id;
END;

INSERT OR IGNORE INTO media_uses (file, item, is_published)
SELECT value ->> '$.path', items.id, 0 FROM items, json_each(items.body, '$.media') WHERE value ->> '$.path' IS NOT NULL;
INSERT OR IGNORE INTO media_uses (file, item, is_published)
SELECT value ->> '$.path', items.id, 1 FROM items, json_each(items.published, '$.media')
WHERE items.published IS NOT NULL AND value ->> '$.path' IS NOT NULL;
