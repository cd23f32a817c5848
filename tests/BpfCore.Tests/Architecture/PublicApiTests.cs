using BpfCore.Tests.Golden;
using PublicApiGenerator;
using Xunit;

namespace BpfCore.Tests.Architecture;

public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_IsWhatWasAgreed()
    {
        string api = typeof(BpfException).Assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = ["System.Runtime.CompilerServices.NullableContextAttribute"],
        });

        GoldenFile.Verify("BpfCore.PublicApi.txt", api + "\n");
    }
}
