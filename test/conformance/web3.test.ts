import { conformRoom } from './conform-room.ts';

conformRoom('web3');
