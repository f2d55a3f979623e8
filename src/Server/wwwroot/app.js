// Consoles before this one kept their places behind the hash, which never reaches a server. Links to them still work:
// each place below leads to a page of ours, with the parameters that page knows and no others.
const places = new Map([
  ["/login", { path: "/login", keeps: [] }],
  ["/register", { path: "/signup", keeps: [] }],
  ["/success", { path: "/login", keeps: [] }],
  ["/notify", { path: "/login", keeps: [] }],
  ["/account", { path: "/account", keeps: [] }],
  ["/account/profile", { path: "/account", keeps: [] }],
  ["/account/invoices", { path: "/account/invoices", keeps: [] }],
  ["/account/api-key", { path: "/account/keys", keeps: [] }],
  ["/account/payment-method", { path: "/account/payment-method", keeps: [] }],
  ["/apps", { path: "/apps", keeps: [] }],
  ["/account/ssh-keys", { path: "/account/ssh-keys", keeps: [] }],
  ["/password/reset", { path: "/password/reset", keeps: [] }],
  ["/password/set", { path: "/password/set", keeps: ["token"] }],
  ["/confirmation/resend", { path: "/confirmation/resend", keeps: ["email"] }],
]);

// An app had a page with tabs; those that have no page of their own here lead to the app's.
const app = /^\/apps\/[a-z0-9-]+/;
const tab = /^\/(databases|activity|access|configuration|domains)$/;

function find(route) {
  const [path] = route.match(app) ?? [];
  if (!path) return places.get(route) ?? (/^\/account\//.test(route) ? places.get("/account") : undefined);
  const rest = route.slice(path.length);
  return { path: tab.test(rest) ? path + rest : path, keeps: [] };
}

function follow() {
  const [route, query] = location.hash.slice(1).split("?", 2);
  const place = find(route);
  if (!place) return;
  const given = new URLSearchParams(query);
  const kept = new URLSearchParams(place.keeps.flatMap(name => given.has(name) ? [[name, given.get(name)]] : []));
  location.replace(`${kept}` !== "" ? `${place.path}?${kept}` : place.path);
}

addEventListener("hashchange", follow);
follow();
