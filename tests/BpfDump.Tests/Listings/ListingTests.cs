using Xunit;

namespace BpfDump.Tests.Listings;

/// <summary>The text of each listing of one object, as it is committed.</summary>
public class ListingTests
{
    [Theory]
    [InlineData("sections", "globals")]
    [InlineData("symbols", "globals")]
    [InlineData("maps", "globals")]
    [InlineData("programs", "mixed")]
    [InlineData("insns", "globals")]
    [InlineData("core", "bitfields")]
    public void List_Object_GivesTheCommittedText(string listing, string name)
    {
        string actual = Bpfdump.Run(listing, Checkout.PathOf($"tests/fixtures/core/{name}.bpf.o"));

        string path = Checkout.PathOf($"tests/BpfDump.Tests/Listings/{name}.{listing}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Theory]
    [InlineData("insns")]
    [InlineData("sections")]
    [InlineData("core")]
    public void List_ObjectThatTheLoaderRefuses_IsStillShown(string listing) =>
        Assert.NotEmpty(Bpfdump.Run(listing, Checkout.PathOf("tests/fixtures/core/err_enum_sign.bpf.o")));
}
