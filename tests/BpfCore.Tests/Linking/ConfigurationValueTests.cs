using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Linking;

public sealed class ConfigurationValueTests
{
    [Theory]
    [InlineData("y", ConfigurationKind.Boolean, 1, "01")]
    [InlineData("n", ConfigurationKind.Boolean, 1, "00")]
    [InlineData("n", ConfigurationKind.Tristate, 4, "00000000")]
    [InlineData("y", ConfigurationKind.Tristate, 4, "01000000")]
    [InlineData("m", ConfigurationKind.Tristate, 4, "02000000")]
    [InlineData("m", ConfigurationKind.Character, 1, "6d")]
    [InlineData("250", ConfigurationKind.Character, 1, "fa")]
    [InlineData("1000", ConfigurationKind.Integer, 2, "e803")]
    [InlineData("0x1000000", ConfigurationKind.Integer, 4, "00000001")]
    [InlineData("0XfF", ConfigurationKind.Integer, 8, "ff00000000000000")]
    [InlineData("010", ConfigurationKind.Integer, 4, "08000000")]
    [InlineData("0", ConfigurationKind.Integer, 4, "00000000")]
    [InlineData("-1", ConfigurationKind.Integer, 8, "ffffffffffffffff")]
    [InlineData("\"a b\"", ConfigurationKind.Text, 6, "612062000000")]
    [InlineData("\"abcdef\"", ConfigurationKind.Text, 4, "61626300")]
    [InlineData("\"\"", ConfigurationKind.Text, 2, "0000")]
    public void Write_ValueThatFits_IsStored(string text, object form, int size, string expected)
    {
        byte[] bytes = new byte[size];

        ConfigurationValue.Write(Extern((ConfigurationKind)form, size, isSigned: false), text, bytes);

        Assert.Equal(expected, Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData("-32768", 2, true)]
    [InlineData("32767", 2, true)]
    [InlineData("32768", 2, false)]
    [InlineData("-32769", 2, false)]
    [InlineData("-129", 1, false)]
    [InlineData("18446744073709551615", 8, true)]
    public void Write_SignedNumber_KeepsToTheRangeOfItsSize(string text, int size, bool fits)
    {
        byte[] bytes = new byte[size];
        ConfigurationKind form = size == 1 ? ConfigurationKind.Character : ConfigurationKind.Integer;

        Exception? refusal = Record.Exception(
            () => ConfigurationValue.Write(Extern(form, size, isSigned: true), text, bytes));

        Assert.Equal(fits, refusal is null);
    }

    [Theory]
    [InlineData("m", ConfigurationKind.Boolean, 1)]
    [InlineData("y", ConfigurationKind.Integer, 4)]
    [InlineData("y", ConfigurationKind.Text, 4)]
    [InlineData("1", ConfigurationKind.Boolean, 1)]
    [InlineData("1", ConfigurationKind.Tristate, 4)]
    [InlineData("65536", ConfigurationKind.Integer, 2)]
    [InlineData("18446744073709551616", ConfigurationKind.Integer, 8)]
    [InlineData("0x", ConfigurationKind.Integer, 8)]
    [InlineData("089", ConfigurationKind.Integer, 8)]
    [InlineData("12 apples", ConfigurationKind.Integer, 8)]
    [InlineData("-", ConfigurationKind.Integer, 8)]
    [InlineData("", ConfigurationKind.Integer, 8)]
    [InlineData("\"text\"", ConfigurationKind.Integer, 8)]
    [InlineData("\"", ConfigurationKind.Text, 8)]
    [InlineData("\"open", ConfigurationKind.Text, 8)]
    public void Write_ValueOfAnotherForm_NamesTheExternAndTheValue(string text, object form, int size)
    {
        byte[] bytes = new byte[size];

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => ConfigurationValue.Write(Extern((ConfigurationKind)form, size, isSigned: false), text, bytes));

        Assert.Equal("extern CONFIG_X", e.Feature);
        Assert.Contains($"the value {text} fits no", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NumberOfTheLoaderIntoABoolean_TakesZeroAndOneOnly()
    {
        byte[] bytes = new byte[1];
        ExternSpec flag = Extern(ConfigurationKind.Boolean, 1, isSigned: false);

        ConfigurationValue.Write(flag, 1, bytes);

        Assert.Equal([1], bytes);
        Assert.Throws<KernelFeatureException>(() => ConfigurationValue.Write(flag, 2, bytes));
    }

    private static ExternSpec Extern(ConfigurationKind form, int size, bool isSigned) =>
        new("CONFIG_X", ExternKind.Configuration, isWeak: false, default)
        {
            Form = form,
            Size = (uint)size,
            IsSigned = isSigned,
        };
}
