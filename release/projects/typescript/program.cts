import core = require('@zoo/core');
import alexnet = require('@zoo/alexnet');

const model = alexnet.alexnet('cifar10-quick', { classes: 2 });
const random: () => number = core.random(1).uniform;
console.log(model.countParams().toFixed(), random());
