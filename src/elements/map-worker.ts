// MapLibre's worker, served from our own origin: what draws tiles and clusters beside the page's thread.
import 'maplibre-gl/dist/maplibre-gl-worker.mjs';
