// Engines of older phones (iOS before 15.4) lack this ES2022 method, which shared code uses; Babel adds none to a mini-program.
if (!Object.hasOwn) {
  Object.hasOwn = (target: object, key: PropertyKey) => Object.hasOwn(target, key);
}
