/// <reference types="node" />
import path from 'node:path';
import { defineConfig } from '@tarojs/cli';

interface Chain {
  module: { rule(name: string): { test(match: (file: string) => boolean): { sideEffects(has: boolean): unknown } } };
  merge(options: object): unknown;
}

const rootDir = path.resolve(__dirname, '..', '..');
const sharedDir = path.join(rootDir, 'shared');
// NOTE: without this, webpack stops at the first TypeScript token of ../shared.
const compile = { include: [(file: string) => file.startsWith(sharedDir)] };
const cssModules = { enable: true, config: { namingPattern: 'module', generateScopedName: '[local]-[hash:base64:4]' } };
/** Shared code has no module that does something when imported: what a page does not use is left out. */
const webpackChain = (chain: Chain) => {
  chain.module
    .rule('shared-is-pure')
    .test((file: string) => file.startsWith(sharedDir))
    .sideEffects(false);
};
/** What three pages or more have in common is loaded once, not with each of them. */
const webChain = (chain: Chain) => {
  webpackChain(chain);
  const kit = { name: 'kit', chunks: 'async', minChunks: 3, priority: 10, enforce: true };
  chain.merge({ optimization: { splitChunks: { cacheGroups: { kit } } } });
};
// Sizes are CSS pixels scaled through variables (care mode, system font size), which neither rpx nor rem could follow.
const pxtransform = { enable: false, config: {} };

export default defineConfig(async () => ({
  projectName: 'suiban',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  plugins: [path.resolve(__dirname, 'templates.ts')],
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  alias: { '@': path.resolve(__dirname, '..', 'src'), '@suiban/shared': path.join(sharedDir, 'src') },
  defineConstants: {
    API_BASE_URL: JSON.stringify(process.env.MINIAPP_API_BASE_URL ?? 'http://127.0.0.1:3000'),
  },
  // Taro copies theme.json by itself, the sitemap not.
  copy: {
    patterns: process.env.TARO_ENV === 'weapp' ? [{ from: 'src/sitemap.json', to: 'dist/weapp/sitemap.json' }] : [],
    options: {},
  },
  mini: {
    compile,
    webpackChain,
    optimizeMainPackage: { enable: true },
    // Modules' class names never meet, so the order of their rules does not matter.
    miniCssExtractPluginOption: { ignoreOrder: true },
    postcss: { pxtransform, cssModules },
  },
  h5: {
    compile,
    webpackChain: webChain,
    publicPath: '/m/',
    router: { mode: 'browser', basename: '/m' },
    staticDirectory: 'static',
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    // The default template's inline script sets a root font size that nothing here uses; without it `script-src 'self'` holds.
    htmlPluginOption: { script: '' },
    // The kit renders native elements on the web: Taro must not turn the tags of its style sheets into names of its own components.
    postcss: { autoprefixer: { enable: true, config: {} }, htmltransform: { enable: false, config: {} }, pxtransform, cssModules },
  },
}));
