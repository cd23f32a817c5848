using BpfCore.KernelTests;
using BpfCore.KernelTests.Leaks;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// What xunit would generate, but for the first case.
if (args is [UprobeHolder.Argument])
{
    return UprobeHolder.Run();
}

return Array.Exists(args, static argument => argument is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
