//! Machines that answer machines: every such exchange comes to rest, after two mails a side at the most.

use mailtest::database::quoted;
use mailtest::loket::{Door, Loket, NINA, OTTO, Person, SAM};
use mailtest::responder::{Manners, Responder};
use mailtest::server::{Delivery, Servers, Transit};
use mailtest::world::{World, key_of};

/// What issue 4 allows each side.
const AT_MOST: usize = 2;

#[test]
fn a_well_behaved_vacation_responder_never_answers_us() {
    let (ours, theirs) = against(Manners::Good);
    assert_eq!((ours, theirs), (2, 0), "the confirmation and the question");
}

#[test]
fn a_vacation_responder_that_answers_everything_is_answered_by_silence() {
    let (ours, theirs) = against(Manners::Marked);
    assert_eq!((ours, theirs), (2, 2));
}

#[test]
fn a_vacation_responder_that_passes_for_a_person_does_not_set_off_a_loop() {
    let (ours, theirs) = against(Manners::None);
    assert!(ours <= AT_MOST && theirs <= AT_MOST, "{ours} from us, {theirs} from them");
}

/// Nina asks something and leaves; support asks her something. Gives how many mails went to her, and how many her
/// responder sent.
fn against(manners: Manners) -> (usize, usize) {
    let mut world = World::start(Door::Lmtp, &[NINA, SAM]).unwrap();
    let responder = Responder::start(&world.servers, NINA.email, manners);
    world.write(&NINA, "Vraag", "Hoe werkt dit? Ik ben vanaf nu weg.").unwrap();
    let key = key_of(&world.servers.await_mails(NINA.email, 1).unwrap()[0].subject).unwrap();
    world.rest().unwrap();
    let sam = world.loket.visit(&SAM).unwrap();
    world.loket.compose(&sam, &key, "return", "Wat bedoelt u precies?").unwrap();
    world.gather().unwrap();
    world.servers.await_mails(NINA.email, 2).unwrap();
    world.rest().unwrap();
    if manners == Manners::Marked {
        // What a machine says answers no question.
        assert_eq!(world.loket.ticket(&key, "status").unwrap(), "waiting");
        assert_ne!(world.loket.ticket(&key, "resolution_paused_at").unwrap(), "");
        let kept = "SELECT count(*) FROM message WHERE automatic = 'reply' AND visibility = 'internal'";
        assert_eq!(world.loket.database().number(kept).unwrap(), 2, "kept on the ticket, for agents");
    }
    world.settle().unwrap();
    let sent = responder.sent();
    responder.finish().unwrap();
    let mails = world.servers.mails(NINA.email).unwrap();
    // Those of Loket; the digest and the closing days later are not part of an exchange.
    (mails.iter().filter(|mail| key_of(&mail.subject).is_ok_and(|other| other == key)).count(), sent)
}

#[test]
fn an_agents_vacation_responder_sets_off_no_loop_and_answers_no_customer() {
    for manners in [Manners::Marked, Manners::None] {
        let mut world = World::start(Door::Lmtp, &[NINA, SAM]).unwrap();
        let responder = Responder::start(&world.servers, SAM.email, manners);
        world.write(&NINA, "Vraag", "Hoe werkt dit?").unwrap();
        world.await_mail(&NINA, 1).unwrap();
        world.gather().unwrap();
        world.servers.await_mails(SAM.email, 1).unwrap();
        world.settle().unwrap();
        assert!(responder.sent() <= AT_MOST, "{manners:?}: {} from the agent", responder.sent());
        let told = world.servers.mails(NINA.email).unwrap();
        assert!(told.len() <= AT_MOST, "{manners:?}: {} to the customer", told.len());
        if manners == Manners::Marked {
            assert_eq!(told.len(), 1, "what a machine says is no answer");
        }
        responder.finish().unwrap();
    }
}

#[test]
fn two_lokets_that_know_each_other_as_customers_come_to_rest() {
    assert_eq!(two_lokets(Transit::Faithful), [1, 0], "the confirmation, and silence");
}

/// Between them a gateway that takes away every header by which a machine's mail is known.
#[test]
fn two_lokets_come_to_rest_even_when_nothing_tells_that_they_are_machines() {
    let sent = two_lokets(Transit::Careless);
    assert!(sent.iter().all(|count| *count <= AT_MOST), "{sent:?}");
}

/// Each is a customer of the other, with its support address. Someone starts it by writing to one in the name of the
/// other. Gives how many mails each sent to the other.
fn two_lokets(transit: Transit) -> [usize; 2] {
    const LEFT: Person = Person { email: "support@left.test", name: "Left", role: "member", organisation: "ACME" };
    const RIGHT: Person = Person { email: "support@right.test", name: "Right", role: "member", organisation: "ACME" };
    let folder = tempfile::Builder::new().prefix("loket-two-").tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut left = Loket::new(&folder.path().join("left"), "left.test", Door::Lmtp).unwrap();
    let mut right = Loket::new(&folder.path().join("right"), "right.test", Door::Lmtp).unwrap();
    let routes = [("left.test", Delivery::Lmtp(left.lmtp)), ("right.test", Delivery::Lmtp(right.lmtp))];
    let servers = Servers::start(&[], &routes, transit).unwrap();
    left.prepare(&servers, &[RIGHT]).unwrap();
    right.prepare(&servers, &[LEFT]).unwrap();
    left.start().unwrap();
    right.start().unwrap();

    let date = left.date();
    let spark = format!(
        "From: Right <support@right.test>\nTo: support@left.test\nSubject: Hello\nDate: {date}\n\
         Message-ID: <spark@elsewhere.test>\n\nIs anybody there?\n"
    );
    servers.send("support@right.test", "support@left.test", &spark).unwrap();
    let to = |loket: &Loket, other: &str| {
        let sql = format!("SELECT count(*) FROM outbox WHERE to_email = {} AND sent_at IS NOT NULL", quoted(other));
        usize::try_from(loket.database().number(&sql).unwrap()).unwrap()
    };
    mailtest::wait::until_true("the first answer", mailtest::wait::LONG, || Ok(to(&left, "support@right.test") > 0))
        .unwrap_or_else(|error| panic!("{error:#}\n{}{}", servers.log(), left.words()));
    for seconds in [60, 600, 7_200, 86_400] {
        for loket in [&mut left, &mut right] {
            loket.restart_later(seconds).unwrap();
        }
        let mut quiet = 0;
        mailtest::wait::until_true("both are silent", 3 * mailtest::wait::LONG, || {
            quiet = if servers.queued()? == 0 { quiet + 1 } else { 0 };
            Ok(quiet >= 60)
        })
        .unwrap_or_else(|error| panic!("{error:#}\n{}{}{}", servers.log(), left.words(), right.words()));
    }
    [to(&left, "support@right.test"), to(&right, "support@left.test")]
}

#[test]
fn someone_who_writes_without_end_is_kept_and_not_answered_each_time() {
    const MANY: usize = 35;
    let mut world = World::start(Door::Lmtp, &[NINA, OTTO, SAM]).unwrap();
    for number in 0..MANY {
        world.write(&OTTO, &format!("Alarm {number}"), "De temperatuur is te hoog.").unwrap();
    }
    mailtest::wait::until_true("all came in", mailtest::wait::LONG, || {
        Ok(world.loket.database().number("SELECT count(*) FROM inbound")? == 35)
    })
    .unwrap_or_else(|error| panic!("{error:#}\n{}", world.log()));
    world.rest().unwrap();
    let answered = world.servers.mails(OTTO.email).unwrap().len();
    assert!((1..=20).contains(&answered), "{answered} confirmations of {MANY}");
    assert_eq!(world.loket.database().number("SELECT count(*) FROM inbound WHERE kind = 'flood'").unwrap(), 15);
    // Others are heard as ever.
    world.write(&NINA, "Vraag", "Hoe werkt dit?").unwrap();
    world.await_mail(&NINA, 1).unwrap();
}
