// The mini-programs' run time already needs ES2019 methods (flatMap, Object.fromEntries: iOS 12.2), so syntax of that age stays as it is:
// compiled to ES5 the main package of WeChat is 25 KB larger. The web keeps to the browsers of package.json.
const isWeb = process.env.TARO_ENV === 'h5';

module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        useBuiltIns: isWeb ? 'usage' : false,
        ...(isWeb ? {} : { targets: { ios: '12', chrome: '66' } }),
      },
    ],
  ],
};
