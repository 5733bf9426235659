/** `<aracari-text>`: texts are drawn by the same element that viewers get. */
import '../../../embed/src/aracari-text.js';
