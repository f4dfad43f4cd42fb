//! What the mails of warnings say.

use domain::i18n::Locale;
use domain::sla::ClockKind;
use domain::view::admin::WarningKind;

domain::catalogue! {
    at_risk_subject(key: &str, subject: &str) => "[{key}] Due soon: {subject}", "[{key}] Bijna te laat: {subject}";
    breached_subject(key: &str, subject: &str) => "[{key}] Late: {subject}", "[{key}] Te laat: {subject}";
    review_at_risk(key: &str, subject: &str, at: &str) =>
        "{key} “{subject}” must be reviewed before {at}.",
        "{key} “{subject}” moet vóór {at} beoordeeld zijn.";
    resolution_at_risk(key: &str, subject: &str, at: &str) =>
        "{key} “{subject}” must be resolved before {at}.",
        "{key} “{subject}” moet vóór {at} opgelost zijn.";
    review_breached(key: &str, subject: &str, at: &str) =>
        "{key} “{subject}” should have been reviewed before {at}.",
        "{key} “{subject}” had vóór {at} beoordeeld moeten zijn.";
    resolution_breached(key: &str, subject: &str, at: &str) =>
        "{key} “{subject}” should have been resolved before {at}.",
        "{key} “{subject}” had vóór {at} opgelost moeten zijn.";
    response_at_risk(key: &str, subject: &str, at: &str) =>
        "{key} “{subject}” must be answered before {at}.",
        "{key} “{subject}” moet vóór {at} beantwoord zijn.";
    response_breached(key: &str, subject: &str, at: &str) =>
        "{key} “{subject}” should have been answered before {at}.",
        "{key} “{subject}” had vóór {at} beantwoord moeten zijn.";
}

pub(super) fn subject(locale: Locale, kind: WarningKind, key: &str, subject: &str) -> String {
    match kind {
        WarningKind::AtRisk => at_risk_subject(locale, key, subject),
        WarningKind::Breached => breached_subject(locale, key, subject),
    }
}

pub(super) fn body(locale: Locale, kind: WarningKind, clock: ClockKind, key: &str, subject: &str, at: &str) -> String {
    match (kind, clock) {
        (WarningKind::AtRisk, ClockKind::Review) => review_at_risk(locale, key, subject, at),
        (WarningKind::AtRisk, ClockKind::Resolution) => resolution_at_risk(locale, key, subject, at),
        (WarningKind::AtRisk, ClockKind::NextResponse) => response_at_risk(locale, key, subject, at),
        (WarningKind::Breached, ClockKind::Review) => review_breached(locale, key, subject, at),
        (WarningKind::Breached, ClockKind::Resolution) => resolution_breached(locale, key, subject, at),
        (WarningKind::Breached, ClockKind::NextResponse) => response_breached(locale, key, subject, at),
    }
}
