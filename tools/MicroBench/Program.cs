using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MicroBench;

// In this process: a project that BenchmarkDotNet generates would not be built by this repository's rules.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(logOutput: true)))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher
    .FromTypes([typeof(BtfBenchmarks), typeof(ObjectBenchmarks), typeof(RingBenchmarks), typeof(RowBenchmarks)])
    .Run(args, config);
