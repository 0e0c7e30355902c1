export { classifySize, type SizeFacts, type SizeFinding } from './classify-size';
export { groupsOf, type Industry, type IndustryGroup, industries, industryGroups, industryLabel } from './industries';
export { type Measure, type SizeClass, type SizeStandard, sizeStandards } from './size-standards';
