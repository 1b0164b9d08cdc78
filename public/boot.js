// Runs before anything is painted: applies the kept theme, asks who is signed in, and asks for the files of the page's
// part of the app, all while the main part is still loading.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme it is.
}
// Not from the browser's cache: after "back" from another site it would answer without asking.
window.__session = fetch('/api/v1/session', { cache: 'no-cache', headers: { accept: 'application/json' } }).catch(() => null);

// Filled in when the app is built (build/bring-parts.mjs). Only a hint: whatever is missing is loaded when it is needed.
const parts = { places: {}, files: {} };
const [, first, second = ''] = location.pathname.split('/');
const kind = second.startsWith('@') ? '@' : /^\d+$/.test(second) ? '#' : second;
const place = parts.places[`${first}/${kind}`] ?? parts.places[first];
for (const file of parts.files[place] ?? []) {
  const link = Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', href: `/${file}` });
  link.crossOrigin = 'anonymous';
  document.head.append(link);
}
