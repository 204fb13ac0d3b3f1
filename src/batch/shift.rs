//! The documents of a group at work: made on all cores, and put in their places.
//!
//! To bring a file to the disk takes longer than to make it, and hardly less than to bring a hundred. So where there are many
//! documents, those who make them leave the files beside their places, and one more hand brings all that lie there to the disk
//! together, puts them in their places, and does so again with what came meanwhile.

use super::error::BatchError;
use super::event::{Event, Reason};
use super::job::{Document, Format, Subject};
use super::make::{self, Draft, MadeDocument, Waiting, Workshop};
use super::queue;
use super::record::Recipe;
use super::stop::Stop;
use super::teller::Teller;
use super::temporary::Sync;
use std::iter;
use std::mem;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

/// So many documents are worth a hand more, and that the whole file system is brought to the disk.
const MANY: usize = 8;
/// Documents that wait to be put in their places; while there are more, no other is made. Were all of them of ten files, a thousand
/// files would be written anew after a kill.
const MOST_WAITING: usize = 100;

/// A document that is not as it should be.
pub(super) struct Stale {
    pub(super) document: Document,
    /// The formats in which it is not, and what it is made from.
    pub(super) formats: Vec<(Format, Arc<Recipe>)>,
    pub(super) reasons: Vec<Reason>,
}

/// What became of a document.
type Outcome = Result<MadeDocument, BatchError>;

/// The documents of a group at work.
pub(super) struct Shift<'s, 'w> {
    stale: &'s [Stale],
    workshop: &'s Workshop<'w>,
    stop: &'s Stop,
    teller: &'s Teller<'w>,
    done: Vec<OnceLock<Outcome>>,
    /// Those that could not be written or brought to the disk together with others: they are made again, one after the other.
    again: Mutex<Vec<usize>>,
}

/// A document, by its number, whose files lie beside their places.
type Laid = (usize, Waiting);

impl<'s, 'w> Shift<'s, 'w> {
    pub(super) fn new(
        stale: &'s [Stale],
        workshop: &'s Workshop<'w>,
        stop: &'s Stop,
        teller: &'s Teller<'w>,
    ) -> Shift<'s, 'w> {
        let done = stale.iter().map(|_| OnceLock::new()).collect();
        Shift { stale, workshop, stop, teller, done, again: Mutex::default() }
    }

    /// Makes them all, whose place is `within` a folder of the quarter's, and tells of each what became of it: what that is, in their
    /// order, nothing of one that was not begun. Who finds nothing left of it to be done goes on with what comes `after`, which is
    /// given back.
    pub(super) fn work<A: Send>(
        self,
        within: Option<&str>,
        after: impl FnOnce() -> Option<A> + Send,
    ) -> (Vec<Option<Outcome>>, Option<A>) {
        let order = order(self.stale);
        let alone = |number| self.make_alone(number);
        let came_after = if self.stale.len() < MANY || !self.workshop.place.syncs_together(within) {
            queue::work_off(&order, alone, after)
        } else {
            thread::scope(|scope| {
                let (hand_over, laid) = mpsc::sync_channel(MOST_WAITING);
                let shift = &self;
                match thread::Builder::new().spawn_scoped(scope, move || shift.put_all(&laid)) {
                    Ok(_) => queue::work_off(&order, |number| self.make_to_put(number, &hand_over), after),
                    Err(_) => queue::work_off(&order, alone, after),
                }
            })
        };
        let mut again = mem::take(&mut *self.again.lock().unwrap_or_else(PoisonError::into_inner));
        again.sort_unstable();
        again.into_iter().for_each(alone);
        (self.done.into_iter().map(OnceLock::into_inner).collect(), came_after.flatten())
    }

    /// Makes a document by its number; nothing if the run was asked to stop.
    fn draft(&self, number: usize) -> Option<Result<Draft, BatchError>> {
        let Stale { document, formats, .. } = self.stale.get(number).filter(|_| !self.stop.asked())?;
        let formats: Vec<Format> = formats.iter().map(|(format, _)| *format).collect();
        Some(make::make(document, &formats, self.workshop))
    }

    /// Makes a document and puts it in its place, each of its files brought to the disk by itself.
    fn make_alone(&self, number: usize) {
        let place = self.workshop.place;
        if let Some(draft) = self.draft(number) {
            let laid_out = draft.and_then(|draft| draft.lay_out(place, Sync::Now));
            self.finish(number, laid_out.and_then(|waiting| waiting.put(place)));
        }
    }

    /// Makes a document and hands it over, to be put in its place with others.
    fn make_to_put(&self, number: usize, hand_over: &SyncSender<Laid>) {
        let Some(draft) = self.draft(number) else { return };
        let place = self.workshop.place;
        let sync = if place.arrives_together() { Sync::Together } else { Sync::Now };
        match draft.and_then(|draft| draft.lay_out(place, sync)) {
            Ok(waiting) if sync == Sync::Now || waiting.laid_out.is_in_place() => {
                self.finish(number, waiting.put(place));
            }
            Ok(waiting) => {
                if hand_over.send((number, waiting)).is_err() {
                    self.make_again(number);
                }
            }
            // Those that wait take up room that there may be when they have replaced what was in their places.
            Err(BatchError::Write { .. }) => self.make_again(number),
            Err(error) => self.finish(number, Err(error)),
        }
    }

    fn make_again(&self, number: usize) {
        self.again.lock().unwrap_or_else(PoisonError::into_inner).push(number);
    }

    /// Brings documents to the disk and puts them in their places, all at once that came since it was done last.
    fn put_all(&self, laid: &Receiver<Laid>) {
        let place = self.workshop.place;
        while let Ok(first) = laid.recv() {
            let all: Vec<Laid> = iter::once(first).chain(laid.try_iter()).take(MOST_WAITING).collect();
            let is_on_disk = place.sync_together(all.iter().map(|(_, waiting)| &waiting.laid_out));
            for (number, waiting) in all {
                if is_on_disk {
                    self.finish(number, waiting.put(place));
                } else {
                    self.make_again(number);
                }
            }
        }
    }

    /// Tells what became of a document, and keeps it.
    fn finish(&self, number: usize, outcome: Outcome) {
        let (Some(Stale { document, reasons, .. }), Some(done)) = (self.stale.get(number), self.done.get(number))
        else {
            return;
        };
        match &outcome {
            Ok(MadeDocument { files, remarks, .. }) => {
                for message in remarks {
                    self.teller.tell(&Event::Remarked { document, message });
                }
                self.teller.tell(&Event::Built { document, why: reasons, files });
            }
            Err(error) => self.teller.tell(&Event::Failed { document, error, files: &[] }),
        }
        let _first = done.set(outcome);
    }
}

/// In which order documents are begun, by their numbers. A comparison takes as long as many briefings: where several are made at a
/// time, it comes first, so that the others do not wait for it.
fn order(stale: &[Stale]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..stale.len()).collect();
    if rayon::current_num_threads() > 1 {
        let is_long = |number: &usize| stale.get(*number).is_some_and(|it| it.document.subject == Subject::Comparison);
        order.sort_by_key(|number| !is_long(number));
    }
    order
}
