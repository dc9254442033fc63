//! Protobuf written by hand: `1: "text"`, `2: 5`, `3: { ... }` by the numbers of the fields, `#` begins a comment, and
//! `\xE9` in a text is a byte. Written apart from the code that reads it, so that the two cannot be wrong together.

pub fn encoded(text: &str) -> Vec<u8> {
    let plain: String = text.lines().map(|line| line.split(" #").next().unwrap().to_owned() + "\n").collect();
    let plain = if plain.starts_with('#') { plain.split_once('\n').unwrap().1.to_owned() } else { plain };
    let mut rest = plain.as_str();
    let bytes = fields(&mut rest);
    assert_eq!(rest.trim(), "", "more than one message");
    bytes
}

fn fields(rest: &mut &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        *rest = rest.trim_start();
        let Some((number, value)) = rest.split_once(':').filter(|_| !rest.starts_with('}')) else { return bytes };
        let number: u64 = number.trim().parse().unwrap_or_else(|_| panic!("not a number: {number}"));
        *rest = value.trim_start();
        if let Some(inside) = rest.strip_prefix('{') {
            *rest = inside;
            let message = fields(rest);
            *rest = rest.strip_prefix('}').unwrap();
            put(&mut bytes, number, &message);
        } else if let Some(inside) = rest.strip_prefix('"') {
            let (text, after) = inside.split_once('"').unwrap();
            *rest = after;
            put(&mut bytes, number, &unescaped(text));
        } else {
            let end = rest.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(rest.len());
            varint(&mut bytes, number << 3);
            varint(&mut bytes, rest[..end].parse::<i128>().unwrap() as u64);
            *rest = &rest[end..];
        }
    }
}

fn put(bytes: &mut Vec<u8>, number: u64, value: &[u8]) {
    varint(bytes, (number << 3) | 2);
    varint(bytes, value.len() as u64);
    bytes.extend(value);
}

fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().replace("\\n", "\n").into_bytes();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].replace("\\n", "\n").bytes());
    }
    bytes
}
