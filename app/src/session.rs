//! Who is signed in, for the whole app: read once at the start, changed by signing in and out, and by the server saying
//! that a session is over.

use latchkey_shared::{
    api::session::{Environment, PortalSession, PublicVendor, Session, StaffSession},
    permission::Permission,
    text::connection as text,
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{self, Problem, Refusal},
    components::{set_time_zone, use_toasts},
};

/// The session as a context. A copyable handle; everything it reads is tracked.
#[derive(Clone, Copy)]
pub struct SessionState {
    session: RwSignal<Option<Session>>,
    problem: RwSignal<Option<Problem>>,
}

/// How far the app has come in learning who is looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    Waiting,
    Failed(Problem),
    Ready,
}

/// Reads the session and makes it available to everything below. Called once, by the app, below the toasts.
pub fn provide_session() -> SessionState {
    let state = SessionState { session: RwSignal::new(None), problem: RwSignal::new(None) };
    provide_context(state);
    state.load(api::session::first());
    let toasts = use_toasts();
    api::on_refusal(move |refusal| match refusal {
        Refusal::StaffSignedOut => {
            if state.change(|session| session.staff.take().is_some()) {
                toasts.notice(text::SIGNED_OUT);
            }
        }
        Refusal::PortalSignedOut => {
            if state.change(|session| session.portal.take().is_some()) {
                toasts.notice(text::SIGNED_OUT);
            }
        }
        Refusal::TermsRequired => state.refresh(),
    });
    state
}

/// The app's session.
pub fn use_session() -> SessionState {
    // Outside the app (on the kit page) nobody is signed in.
    use_context()
        .unwrap_or_else(|| SessionState { session: RwSignal::new(None), problem: RwSignal::new(None) })
}

impl SessionState {
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
    }

    /// Reads the session again: after changes to the company, the logo, the own name.
    pub fn refresh(self) {
        self.load(api::session::get().send());
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

    fn change(self, change: impl FnOnce(&mut Session) -> bool) -> bool {
        self.session.try_update(|session| session.as_mut().is_some_and(change)).unwrap_or(false)
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
