using System.Text;
using BpfCore;
using BpfGen.CommandLine;
using Xunit;

namespace BpfGen.Tests.Generation;

/// <summary>What no class can be made of: the message names the object, what and where.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Generate_TypeThatIsNotThere_SaysHowToGetItIntoTheObject()
    {
        string message = Refusal("--types=absent", Checkout.Fixture("sent.bpf.o"));

        Assert.StartsWith("sent.bpf.o: its BTF has no type 'absent'", message, StringComparison.Ordinal);
        Assert.Contains("const struct absent *absent_layout;", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_ObjectsThatDiffer_NamesTheFirstDifference()
    {
        string message = Refusal(
            "--types=sent", $"x64={Checkout.Fixture("sent.bpf.o")}", $"arm64={Checkout.Fixture("sent-moved.bpf.o")}");

        Assert.Equal(
            "sent-moved.bpf.o: one class cannot serve it and sent.bpf.o: "
            + "'length: u16 at 4' is 'length: u32 at 4' there; give them different class names",
            message);
    }

    [Theory]
    [InlineData("--class=my-class", "'my-class' cannot be the name of a class")]
    [InlineData("--class=class", "'class' cannot be the name of a class")]
    [InlineData("--namespace=A.1", "'A.1' cannot be a namespace")]
    [InlineData("--namespace=A;B", "'A;B' cannot be a namespace")]
    public void Generate_NameThatCSharpCannotTake_IsRefused(string option, string expected) =>
        Assert.StartsWith(expected, Refusal(option, Checkout.Fixture("sent.bpf.o")), StringComparison.Ordinal);

    // Whatever a name holds, it must not end the literal or the comment that it gets into.
    [Theory]
    [InlineData("a\"b\nc;")]
    [InlineData("a\"\"\"c;")]
    [InlineData("a\rbcde")]
    public void Generate_NameThatIsNoneOfC_IsRefused(string name)
    {
        using TemporaryFolder folder = new();
        byte[] image = File.ReadAllBytes(Checkout.Fixture("sent.bpf.o"));
        Encoding.ASCII.GetBytes(name).CopyTo(image, image.AsSpan().IndexOf("length\0"u8));
        string path = folder.PathOf("odd.bpf.o");
        File.WriteAllBytes(path, image);

        Assert.StartsWith("odd.bpf.o: 'a", Refusal("--types=sent", path), StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_FileThatIsNoObject_SaysWhere()
    {
        string path = Checkout.Fixture("sent.bpf.c");

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => Generate([path]));

        Assert.Contains("sent.bpf.c", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_FileThatIsNotThere_IsNamed() => Assert.Contains(
        "absent.bpf.o",
        Assert.Throws<FileNotFoundException>(() => Generate([Checkout.Fixture("absent.bpf.o")])).Message,
        StringComparison.Ordinal);

    private static string Refusal(params string[] words) =>
        Assert.Throws<GenerationException>(() => Generate(words)).Message;

    private static string Generate(string[] words) => Tool.Generate(RequestReader.Read(words)!);
}
