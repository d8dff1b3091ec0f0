export { sourcesOf, statesOf, type Transitions } from './transitions.js';
