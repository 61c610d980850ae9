import { onMysql } from '../support/engines.ts';
import { attackSuite } from './attack-suite.ts';

// A file for each engine: they run beside each other.
onMysql(attackSuite);
