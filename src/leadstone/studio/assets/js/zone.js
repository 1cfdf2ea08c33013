/* Tells the server which clock its reader lives by, so that times are shown in it. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`leadstone_zone=${zone}`)) {
  document.cookie = `leadstone_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
}
