//! What puts pixels on the panel: the graphics card where there is one, else the processor.

use bevy::tasks::block_on;
use serde::Deserialize;
use wgpu::{Backends, DeviceType, Instance, InstanceDescriptor};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// The graphics card where there is one, else the processor.
    Auto,
    Processor,
    /// Whatever Vulkan or OpenGL offers, be it in software.
    GraphicsCard,
}

impl Drawing {
    /// What `Auto` means on this machine; never `Auto`.
    pub fn settle(self) -> Self {
        match self {
            Self::Auto if has_graphics_card() => Self::GraphicsCard,
            Self::Auto => Self::Processor,
            known => known,
        }
    }
}

/// A card that a driver can draw with. Drivers are only loaded where the kernel knows of a card at all: loading one that
/// draws in software takes longer than the rest of the start.
fn has_graphics_card() -> bool {
    let has_node = std::fs::read_dir("/dev/dri")
        .is_ok_and(|nodes| nodes.flatten().any(|node| node.file_name().to_string_lossy().starts_with("renderD")));
    if !has_node && !std::path::Path::new("/dev/nvidiactl").exists() {
        return false;
    }
    let instance = Instance::new(InstanceDescriptor::new_without_display_handle());
    let adapters = block_on(instance.enumerate_adapters(Backends::PRIMARY | Backends::GL));
    adapters
        .iter()
        .any(|adapter| matches!(adapter.get_info().device_type, DeviceType::IntegratedGpu | DeviceType::DiscreteGpu))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_used() {
        assert_eq!(Drawing::Processor.settle(), Drawing::Processor);
        assert_eq!(Drawing::GraphicsCard.settle(), Drawing::GraphicsCard);
        assert_ne!(Drawing::Auto.settle(), Drawing::Auto);
    }
}
