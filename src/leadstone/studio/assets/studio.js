/* The studio's one script: small modules, none of which a page needs to work. */
import "./js/zone.js";
import "./js/theme.js";
import "./js/keys.js";
import "./js/rows.js";
import "./js/activities.js";
import "./js/toasts.js";
import "./js/glue.js";
import "./js/magnets.js";
import "./js/places.js";
import "./js/copy.js";
import "./js/print.js";
import "./js/counter.js";
import "./js/board.js";
