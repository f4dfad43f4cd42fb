//! The words of clocks, deadlines and opening hours.

domain::catalogue! {
    // Headlines: the bold part is a duration or a time, set by the page around these words.
    of_support_time_left => "of support time left", "supporttijd over";
    of_support_time_left_paused => "of support time left, paused", "supporttijd over, gepauzeerd";
    left_to_review => "left to review", "over om te beoordelen";
    left_to_answer => "left to answer", "over om te antwoorden";
    past_due => "past due", "te laat";
    used_solved_in_time => "used, solved in time", "gebruikt, op tijd opgelost";
    used_reviewed_in_time => "used, reviewed in time", "gebruikt, op tijd beoordeeld";
    used_solved_late => "too late", "te laat";
    no_deadline => "No deadline", "Geen termijn";
    no_deadline_explained => "This desk’s calendar has no further opening. An agent has been told.", "De agenda van deze balie heeft geen opening meer. Een medewerker weet het.";

    due => "due", "uiterlijk";
    before => "before", "vóór";
    closed_now_counts_again => "closed now, counts again", "nu gesloten, telt weer vanaf";
    comma_due(time: &str) => ", due {time}", ", uiterlijk {time}";
    no_deadline_runs_customer => "no deadline runs while we wait for you", "er loopt geen termijn zolang wij op u wachten";
    no_deadline_runs_staff => "no deadline runs while we wait for the customer", "er loopt geen termijn zolang wij op de klant wachten";
    it_was_due => "it was due", "de termijn was";
    we_are_late => "We are late, and still on it.", "Wij zijn te laat en werken eraan.";
    to_spare_was_due(spare: &str, due: &str) => "{spare} to spare; it was due {due}", "{spare} over; de termijn was {due}";
    to_spare(spare: &str) => "{spare} to spare", "{spare} over";
    since(time: &str) => "since {time}", "sinds {time}";
    support_hours(hours: &str) => "{hours} support hours", "{hours} supporturen";
    one_support_hour => "1 support hour", "1 supportuur";
    support_minutes(minutes: &str) => "{minutes} of support time", "{minutes} supporttijd";

    // In a row: short words beside the mini bar.
    row_left(left: &str, time: &str) => "{left} left · {time}", "nog {left} · {time}";
    row_left_desk(left: &str, time: &str) => "{left} · {time}", "{left} · {time}";
    row_due(time: &str) => "Due {time}", "Uiterlijk {time}";
    row_review_before(time: &str) => "Review before {time}", "Beoordeling vóór {time}";
    row_review_desk(left: &str, time: &str) => "Review {left} · {time}", "Beoordelen {left} · {time}";
    row_response_desk(left: &str, time: &str) => "Answer {left} · {time}", "Antwoord {left} · {time}";
    row_again(time: &str) => "Again {time}", "Weer vanaf {time}";
    row_again_due(again: &str, due: &str) => "Counts again {again} · due {due}", "Telt weer {again} · uiterlijk {due}";
    row_paused => "Paused", "Gepauzeerd";
    row_paused_until_you_reply => "Paused until you reply", "Gepauzeerd tot u antwoordt";
    row_paused_desk(left: &str, since: &str) => "{left} left · since {since}", "nog {left} · sinds {since}";
    row_over(over: &str) => "{over} past due", "{over} te laat";
    row_over_desk(over: &str, time: &str) => "{over} over · {time}", "{over} te laat · {time}";
    row_met(spare: &str) => "Met, {spare} to spare", "Gehaald, {spare} over";
    row_missed(over: &str) => "Missed by {over}", "{over} te laat";
    met => "Met", "Gehaald";
    left(left: &str) => "{left} left", "nog {left}";
    row_dropped => "No longer counted", "Telt niet meer";
    row_no_deadline => "No deadline", "Geen termijn";

    // The strip.
    now => "now", "nu";
    if_you_reply_now => "if you reply now:", "als u nu antwoordt:";
    if_they_reply_now => "if they reply now:", "als de klant nu antwoordt:";
    resolved_at(time: &str) => "resolved {time}", "opgelost {time}";
    reviewed_at(time: &str) => "reviewed {time}", "beoordeeld {time}";
    answered_at(time: &str) => "answered {time}", "beantwoord {time}";
    reviewed_word => "reviewed", "beoordeeld";
    resolved_word => "resolved", "opgelost";
    was_due_word => "was due", "termijn was";
    was_due_at(time: &str) => "was due {time}", "termijn was {time}";
    paused_at(time: &str) => "paused {time}", "gepauzeerd {time}";
    one_day_more => "1 more day", "nog 1 dag";
    days_more(days: &str) => "{days} more days", "nog {days} dagen";
    counted(used: &str) => "counted, {used}", "geteld, {used}";
    paused_waiting_for_you => "paused, waiting for you", "gepauzeerd, wacht op u";
    paused_waiting_for_customer => "paused, waiting for the customer", "gepauzeerd, wacht op klant";
    paused_resolved => "not counted while it was resolved", "niet geteld toen het opgelost was";
    still_to_count_if_reply => "still to count, if you reply now", "telt nog, als u nu antwoordt";
    still_to_count => "still to count", "telt nog";

    // The strip's sentence, for those who hear it.
    strip_sent(time: &str) => "Sent {time}.", "Verstuurd {time}.";
    strip_counted(used: &str, target: &str) => "{used} of {target} counted.", "{used} van {target} geteld.";
    strip_closed(days: &str) => "Not counted: {days}.", "Niet geteld: {days}.";
    strip_due(time: &str) => "Due {time}.", "Uiterlijk {time}.";
    strip_was_due(time: &str) => "It was due {time}.", "De termijn was {time}.";
    strip_paused(time: &str) => "Paused since {time}.", "Gepauzeerd sinds {time}.";
    strip_reply_now(time: &str) => "If answered now, due {time}.", "Bij antwoord nu uiterlijk {time}.";
    strip_stopped(time: &str) => "Stopped {time}.", "Gestopt {time}.";

    // "Why this time?".
    why_this_time => "Why this time?", "Waarom deze tijd?";
    why_these_times => "Why these times?", "Waarom deze tijden?";
    of_which_used(span: &str, used: &str) => "{span}, of which {used} used", "{span}, waarvan {used} gebruikt";
    too_late_part(span: &str) => "{span}, past due", "{span}, te laat";
    total => "Total", "Totaal";
    used => "Used", "Gebruikt";
    day => "Day", "Dag";
    hours => "Hours", "Uren";
    counted_time => "Counted", "Geteld";
    not_counted => "not counted", "telt niet";
    only_support_hours_count => "Only support hours count.", "Alleen supporturen tellen.";
    they_are(week: &str, place: &str) => "They are {week}, {place} time, without public holidays.", "Dat is {week}, tijd van {place}, zonder feestdagen.";
    they_are_on_holidays_too(week: &str, place: &str) => "They are {week}, {place} time.", "Dat is {week}, tijd van {place}.";
    every_hour_counts => "Every hour counts, day and night.", "Elk uur telt, dag en nacht.";
    means_resolved(priority: &str, hours: &str) => "{priority} means solved within {hours}, from the moment it was sent. If we have to ask you something, the clock waits.", "{priority} betekent opgelost binnen {hours} vanaf het moment van versturen. Als wij u iets moeten vragen, wacht de klok.";
    means_reviewed(hours: &str) => "An agent looks at every request within {hours}. This clock does not pause.", "Een medewerker bekijkt elk verzoek binnen {hours}. Deze klok pauzeert niet.";
    means_answered(hours: &str) => "An agent answers the oldest open message within {hours}.", "Een medewerker antwoordt binnen {hours} op het oudste open bericht.";
    priority_and_target(priority: &str, hours: &str) => "{priority}: {hours}", "{priority}: {hours}";
    review_clock => "Review", "Beoordeling";
    resolution_clock => "Resolution", "Oplossing";
    next_response_clock => "Next response", "Volgende reactie";
    resolution_due(time: &str, hours: &str) => "Resolution: due {time} · {hours}", "Oplossing: uiterlijk {time} · {hours}";

    // Promises before sending, and what a change of priority would do.
    priority_label => "Priority", "Prioriteit";
    priority_hint => "Choose what fits today. We may change it later and will tell you why.", "Kies wat vandaag past. Wij kunnen het later wijzigen en vertellen u dan waarom.";
    choose_a_priority => "Choose a priority to see what we promise.", "Kies een prioriteit om te zien wat wij beloven.";
    late_since(time: &str) => "late since {time}", "te laat sinds {time}";
    paused_with_left(left: &str) => "paused, {left} left", "gepauzeerd, nog {left}";
    if_you_send_this_now => "If you send this now", "Als u dit nu verstuurt";
    reviewed_before => "Reviewed before", "Beoordeeld vóór";
    solved_before => "Solved before", "Opgelost vóór";
    resolved_before => "resolved before", "opgelost vóór";
    no_promise => "no time can be promised: the calendar has no further opening", "er is geen tijd te beloven: de agenda heeft geen opening meer";
    does_not_count(days: &str) => "Not counted: {days}.", "Telt niet mee: {days}.";

    // Opening hours.
    support_is => "Support is", "Support is";
    open_until(time: &str) => "open until {time}", "open tot {time}";
    open_always => "always open", "altijd open";
    closed_until(time: &str) => "closed until {time}", "gesloten tot {time}";
    closed_for_good => "closed", "gesloten";
    closed_on_for(day: &str, reason: &str) => "closed {day} for {reason}", "gesloten op {day} vanwege {reason}";
    support_hours_are(week: &str) => "Support hours, {week}", "Supporturen, {week}";
    support_hours_in(week: &str, place: &str) => "Support hours: {week}, {place} time", "Supporturen: {week}, tijd van {place}";

    // State changes, announced once.
    became_at_risk(time: &str) => "Little time is left: due {time}.", "Er is weinig tijd over: uiterlijk {time}.";
    became_late => "The deadline has passed.", "De termijn is verstreken.";
    became_closed(time: &str) => "Support closes now; the clock counts again {time}.", "Support sluit nu; de klok telt weer vanaf {time}.";
    became_open => "Support is open again; the clock counts.", "Support is weer open; de klok telt.";

    deadlines => "Deadlines", "Termijnen";
    due_count(count: usize) => "{count} due", "{count} termijnen";
    one_due => "1 due", "1 termijn";
    now_open_until(now: &str, until: &str) => "now {now}, open until {until}", "nu {now}, open tot {until}";
    now_closed(now: &str) => "now {now}, closed", "nu {now}, gesloten";
}
