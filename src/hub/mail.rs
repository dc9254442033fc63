//! Mail to the people who look after the displays.

use lettre::message::{Mailbox, header::ContentType};
use lettre::{Message, SmtpTransport, Transport};
use std::time::Duration;

/// For the whole of one mail.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where mail goes, and by which server.
pub struct Mail {
    transport: SmtpTransport,
    from: Mailbox,
    to: Vec<Mailbox>,
}

impl Mail {
    /// # Errors
    /// What of the settings is not understood, without the password.
    pub fn new(server: &str, from: &str, to: &str) -> Result<Self, String> {
        let transport = SmtpTransport::from_url(server).map_err(|_| "smtp: this is no address of a mail server")?;
        let mailbox = |name: &str, text: &str| {
            text.trim().parse::<Mailbox>().map_err(|_| format!("{name}: \"{}\" is no e-mail address", text.trim()))
        };
        let to = to.split(',').map(|to| mailbox("mail_to", to)).collect::<Result<_, _>>()?;
        Ok(Self { transport: transport.timeout(Some(PATIENCE)).build(), from: mailbox("mail_from", from)?, to })
    }

    /// Sends a mail to everybody. It blocks.
    ///
    /// # Errors
    /// Why it did not leave, for town IT.
    pub fn send(&self, subject: &str, text: String) -> Result<(), String> {
        let to_all = self.to.iter().fold(Message::builder(), |message, to| message.to(to.clone()));
        let message = to_all.from(self.from.clone()).subject(subject).header(ContentType::TEXT_PLAIN).body(text);
        let message = message.map_err(|error| error.to_string())?;
        self.transport.send(&message).map(drop).map_err(|error| format!("mail could not be sent: {error}"))
    }
}
