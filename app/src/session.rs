//! Who is signed in, for the whole app: read once at the start, changed by signing in and out, and by the server saying
//! that a session is over.

use latchkey_shared::{
    api::session::{Environment, PortalSession, PublicVendor, Session, StaffSession},
    permission::Permission,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{self, Problem, Refusal},
    components::set_time_zone,
};

/// The session as a context. A copyable handle; everything it reads is tracked.
#[derive(Clone, Copy)]
pub struct SessionState {
    session: RwSignal<Option<Session>>,
    problem: RwSignal<Option<Problem>>,
    /// Whether the server has ended the session of staff, of the portal, since it was read.
    ended: [RwSignal<bool>; 2],
}

/// The two sides that one can be signed in to, each with a session of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Staff,
    Portal,
}

/// How far the app has come in learning who is looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    Waiting,
    Failed(Problem),
    Ready,
}

/// Reads the session and makes it available to everything below. Called once, by the app.
pub fn provide_session() -> SessionState {
    let state = SessionState::new();
    provide_context(state);
    state.load(api::session::first());
    api::on_refusal(move |refusal| match refusal {
        Refusal::StaffSignedOut => state.ended(Side::Staff).set(true),
        Refusal::PortalSignedOut => state.ended(Side::Portal).set(true),
        Refusal::TermsRequired => state.refresh(),
    });
    state
}

/// The app's session.
pub fn use_session() -> SessionState {
    // Outside the app (on the kit page) nobody is signed in.
    use_context().unwrap_or_else(SessionState::new)
}

impl SessionState {
    fn new() -> Self {
        Self {
            session: RwSignal::new(None),
            problem: RwSignal::new(None),
            ended: [RwSignal::new(false), RwSignal::new(false)],
        }
    }

    pub fn phase(self) -> Phase {
        match (self.session.with(Option::is_some), self.problem.get()) {
            (true, _) => Phase::Ready,
            (false, Some(problem)) => Phase::Failed(problem),
            (false, None) => Phase::Waiting,
        }
    }

    /// Takes in the session that signing in, accepting terms or choosing a customer was answered with.
    pub fn set(self, session: Session) {
        set_time_zone(&session.vendor.time_zone);
        self.session.set(Some(session));
        self.problem.set(None);
        for ended in self.ended {
            ended.set(false);
        }
    }

    /// Whether a session of that side has ended under a page that is still there. The page stays, with what was typed
    /// into it, and the frame asks to sign in again.
    pub fn ended(self, side: Side) -> RwSignal<bool> {
        self.ended[side as usize]
    }

    /// Takes in the session that signing in again was answered with. For the same person the page goes on, and what was
    /// refused is asked again; for anybody else, or another customer, it starts afresh.
    pub fn go_on(self, side: Side, answer: Session) {
        let who = |session: &Session| match side {
            Side::Staff => session.staff.as_ref().map(|staff| (staff.id.0, None)),
            Side::Portal => session.portal.as_ref().map(|portal| (portal.id.0, portal.customer)),
        };
        let before = self.session.with_untracked(|session| session.as_ref().and_then(who));
        if who(&answer) == before {
            self.set(answer);
            api::ask_again();
        } else {
            // No browser refuses it.
            drop(window().location().reload());
        }
    }

    /// The address that the person of that side signs in with.
    pub fn email(self, side: Side) -> String {
        let email = match side {
            Side::Staff => self.staff().map(|staff| staff.email),
            Side::Portal => self.portal().map(|portal| portal.email),
        };
        email.unwrap_or_default()
    }

    /// Reads the session again: after changes to the company, the logo, the own name.
    pub fn refresh(self) {
        self.load(api::session::get().send());
    }

    /// Counts anew what needs attention. Nothing else of the session is touched, and a failure says nothing.
    pub fn recount(self) {
        spawn_local(async move {
            let Ok(Session { staff: Some(now), .. }) = api::session::get().send().await else { return };
            let changed = self.session.with_untracked(|session| {
                let known = session.as_ref().and_then(|session| session.staff.as_ref());
                known.is_some_and(|known| known.id == now.id && known.attention != now.attention)
            });
            if changed {
                self.session.update(|session| {
                    if let Some(known) = session.as_mut().and_then(|session| session.staff.as_mut()) {
                        known.attention = now.attention;
                    }
                });
            }
        });
    }

    /// After the portal's or staff's session was ended at the server: starts the app afresh at `address`, so that
    /// nothing of what was shown stays in memory.
    pub fn leave(address: &str) {
        // Only an invalid address could be refused.
        let _ = window().location().assign(address);
    }

    pub fn staff(self) -> Option<StaffSession> {
        self.session.with(|session| session.as_ref().and_then(|session| session.staff.clone()))
    }

    pub fn portal(self) -> Option<PortalSession> {
        self.session.with(|session| session.as_ref().and_then(|session| session.portal.clone()))
    }

    pub fn vendor(self) -> Option<PublicVendor> {
        self.session.with(|session| session.as_ref().map(|session| session.vendor.clone()))
    }

    pub fn environment(self) -> Option<Environment> {
        self.session.with(|session| session.as_ref().map(|session| session.environment))
    }

    /// Whether the installation has no owner yet.
    pub fn setup_required(self) -> bool {
        self.session.with(|session| session.as_ref().is_some_and(|session| session.setup_required))
    }

    pub fn is_staff(self) -> bool {
        self.session.with(|session| session.as_ref().is_some_and(|session| session.staff.is_some()))
    }

    pub fn is_portal(self) -> bool {
        self.session.with(|session| session.as_ref().is_some_and(|session| session.portal.is_some()))
    }

    /// Whether the signed-in staff member may do this.
    pub fn may(self, permission: Permission) -> bool {
        self.session.with(|session| {
            let staff = session.as_ref().and_then(|session| session.staff.as_ref());
            staff.is_some_and(|staff| staff.permissions.contains(&permission))
        })
    }

    fn load(self, answer: impl Future<Output = Result<Session, Problem>> + 'static) {
        spawn_local(async move {
            match answer.await {
                Ok(session) => self.set(session),
                Err(problem) => self.problem.set(Some(problem)),
            }
        });
    }
}
