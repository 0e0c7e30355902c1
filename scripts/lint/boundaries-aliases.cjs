const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');

/** The aliases of the mini-program's and the console's bundlers, for dependency-cruiser. */
module.exports = {
  resolve: {
    alias: {
      '@': path.join(root, 'miniapp', 'src'),
      '@suiban/shared': path.join(root, 'shared', 'src'),
    },
  },
};
