using System.Buffers.Binary;

namespace BpfCore.Btf;

public readonly partial struct BtfType
{
    /// <summary>Members of a structure or union, in declaration order.</summary>
    /// <exception cref="InvalidOperationException">The type has no members.</exception>
    public BtfElementList<BtfMember> Members => Elements<BtfMember>(BtfKind.Struct, BtfKind.Union);

    /// <summary>Values of an enumeration of either width, in declaration order.</summary>
    /// <exception cref="InvalidOperationException">The type is no enumeration.</exception>
    public BtfElementList<BtfEnumValue> EnumValues => Elements<BtfEnumValue>(BtfKind.Enum, BtfKind.Enum64);

    /// <summary>Parameters of a function prototype; a last one without name and type stands for <c>...</c>.</summary>
    /// <exception cref="InvalidOperationException">The type is no function prototype.</exception>
    public BtfElementList<BtfParameter> Parameters =>
        Elements<BtfParameter>(BtfKind.FunctionPrototype, BtfKind.FunctionPrototype);

    /// <summary>Variables of a data section.</summary>
    /// <exception cref="InvalidOperationException">The type is no data section.</exception>
    public BtfElementList<BtfSectionVariable> SectionVariables =>
        Elements<BtfSectionVariable>(BtfKind.DataSection, BtfKind.DataSection);

    /// <summary>Bits, offset and signedness of an integer.</summary>
    /// <exception cref="InvalidOperationException">The type is no integer.</exception>
    public BtfIntEncoding IntEncoding
    {
        get
        {
            Require(BtfKind.Int);
            return new BtfIntEncoding(BinaryPrimitives.ReadUInt32LittleEndian(Trailing));
        }
    }

    /// <summary>Element type, index type and number of elements of an array.</summary>
    /// <exception cref="InvalidOperationException">The type is no array.</exception>
    public BtfArray Array
    {
        get
        {
            Require(BtfKind.Array);
            return BtfArray.Decode(Trailing);
        }
    }

    /// <summary>Linkage of a global variable.</summary>
    /// <exception cref="InvalidOperationException">The type is no variable.</exception>
    public BtfLinkage VariableLinkage
    {
        get
        {
            Require(BtfKind.Variable);
            return (BtfLinkage)BinaryPrimitives.ReadUInt32LittleEndian(Trailing);
        }
    }

    /// <summary>Linkage of a function.</summary>
    /// <exception cref="InvalidOperationException">The type is no function.</exception>
    public BtfLinkage FunctionLinkage
    {
        get
        {
            // BTF_KIND_FUNC stores the linkage where other kinds count their elements.
            Require(BtfKind.Function);
            return (BtfLinkage)Info.Count;
        }
    }

    /// <summary>
    /// Index of the member or parameter that a declaration tag belongs to; -1 for the type or variable itself.
    /// </summary>
    /// <exception cref="InvalidOperationException">The type is no declaration tag.</exception>
    public int TagComponentIndex
    {
        get
        {
            Require(BtfKind.DeclarationTag);
            return BinaryPrimitives.ReadInt32LittleEndian(Trailing);
        }
    }

    private BtfElementList<T> Elements<T>(BtfKind first, BtfKind second)
        where T : struct, IBtfElement<T>
    {
        if (Kind != first && Kind != second)
        {
            throw WrongKind($"{first} or {second}");
        }

        return new BtfElementList<T>(this);
    }

    private void Require(BtfKind kind)
    {
        if (Kind != kind)
        {
            throw WrongKind(kind.ToString());
        }
    }

    private InvalidOperationException WrongKind(string expected) => new($"type {this} is no {expected}");
}
