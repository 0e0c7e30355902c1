export { alipay as platform } from './alipay';
