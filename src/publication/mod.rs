//! What is published: objects named by their hash, segments of items, revisions of display groups, and the TUF metadata
//! that vouches for them. No input or output.

mod digest;
mod head;
mod keys;
mod metadata;
mod names;
mod object;
mod packing;
mod revision;

pub use digest::{Digest, Digesting};
pub use head::{Head, HeadError, Version, Vouched, bundle_trust, is_for_bundles};
pub use keys::{KeyError, PublicKey, SigningKey};
pub use metadata::{
    Edition, Pinned, ROOT_FOR, RoleKeys, RootFor, Trust, Written, delegations, root, sign, snapshot, stated, targets,
    timestamp, whole_seconds,
};
pub use names::{
    ALERTS, BUNDLE, DEFAULT_GROUP, DELEGATED_BYTES_MAX, LIVE, SIGNED_AT, delegated_target, is_group_name,
    revision_target,
};
pub use object::{Object, object_path};
pub use packing::{BUCKETS, Segment, SegmentMedia, UNPACKED_BYTES_MAX, bucket, buckets_for, pack, unpack};
pub use revision::{FORMAT, Frame, OLDEST_PLAYER, Rendition, Revision};
