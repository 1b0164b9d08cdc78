// Runs before anything is painted: applies the kept theme, and asks who is signed in while the app is still loading.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
window.__session = fetch('/api/v1/session', { headers: { accept: 'application/json' } }).catch(() => null);
