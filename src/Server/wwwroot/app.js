// Consoles before this one kept their places behind the hash, which never reaches a server. Links to them still work:
// each place below leads to a page of ours, with the parameters that page knows and no others.
const places = new Map([
  ["/login", { path: "/login", keeps: [] }],
  ["/register", { path: "/signup", keeps: [] }],
  ["/success", { path: "/login", keeps: [] }],
  ["/notify", { path: "/login", keeps: [] }],
  ["/account", { path: "/account", keeps: [] }],
  ["/account/profile", { path: "/account", keeps: [] }],
  ["/account/api-key", { path: "/account/keys", keeps: [] }],
  ["/account/payment-method", { path: "/account/payment-method", keeps: [] }],
  ["/apps", { path: "/apps", keeps: [] }],
  ["/account/ssh-keys", { path: "/account/ssh-keys", keeps: [] }],
  ["/password/reset", { path: "/password/reset", keeps: [] }],
  ["/password/set", { path: "/password/set", keeps: ["token"] }],
  ["/confirmation/resend", { path: "/confirmation/resend", keeps: ["email"] }],
]);

function follow() {
  const [route, query] = location.hash.slice(1).split("?", 2);
  // Account and apps have places of their own below them.
  const place = places.get(route) ?? places.get(route.match(/^\/(account|apps)(?=\/)/)?.[0]);
  if (!place) return;
  const given = new URLSearchParams(query);
  const kept = new URLSearchParams(place.keeps.flatMap(name => given.has(name) ? [[name, given.get(name)]] : []));
  location.replace(`${kept}` !== "" ? `${place.path}?${kept}` : place.path);
}

addEventListener("hashchange", follow);
follow();
