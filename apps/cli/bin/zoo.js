#!/usr/bin/env node
import '../dist/zoo.js';
