// dependency-cruiser 17 parses every file through swc without `tsx`; this switches it on for the files that hold JSX.
import swc from '@swc/core';

const parse = swc.parseFileSync;
swc.parseFileSync = (file, options) => parse.call(swc, file, { ...options, tsx: file.endsWith('.tsx') });
