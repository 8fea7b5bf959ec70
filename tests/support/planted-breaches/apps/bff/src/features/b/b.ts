export * from '../../../../gateway-sim/src/simulator.ts'
