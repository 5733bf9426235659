/** The web app of Aracari: starts the look, then the root element, which takes over the page. */
import './styles.css';
import './webawesome.js';
import './icons.js';
import { appearance } from './appearance.js';
import './shell/app-root.js';

appearance.apply();
