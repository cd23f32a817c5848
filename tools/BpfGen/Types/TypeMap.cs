using BpfCore.Btf;
using BpfCore.Typed;
using BpfGen.Naming;

namespace BpfGen.Types;

/// <summary>Finds the C# type for a type of an object.</summary>
internal sealed class TypeMap
{
    // FIELD_OFFSET_LAST_REAL_OFFSET of the runtime: larger types are refused when they are loaded.
    private const uint LargestType = 1 << 20;

    private readonly ObjectInterface _object;
    private readonly BtfFile? _types;
    private readonly NameScope _scope;
    private readonly Dictionary<InterfaceType, string> _names = [];
    private readonly Dictionary<(string Element, uint Length, ArrayContent Content), InlineArray> _byShape = [];
    private readonly List<InlineArray> _arrays = [];

    /// <summary>Names the types of an interface.</summary>
    /// <param name="object">The interface.</param>
    /// <param name="scope">Names within the class; the types take theirs.</param>
    public TypeMap(ObjectInterface @object, NameScope scope)
    {
        _object = @object;
        _types = @object.Object.Types;
        _scope = scope;
        foreach (InterfaceType type in @object.Types)
        {
            _names.Add(type, scope.Take(CSharpName.Pascal(type.Name)));
        }
    }

    /// <summary>The arrays that were asked for, in that order.</summary>
    public IReadOnlyList<InlineArray> Arrays => _arrays;

    /// <summary>Name of a structure, union or enumeration.</summary>
    public string NameOf(InterfaceType type) => _names[type];

    /// <summary>The C# type of a value.</summary>
    /// <param name="id">Id of the type.</param>
    /// <returns>Null where C# has none: no size, or an array within that is too large.</returns>
    public string? Find(BtfTypeId id)
    {
        BtfType type = _types![id].SkipModifiersAndTypedefs();
        if (!type.TryResolveSize(out uint size) || size is 0 or > LargestType)
        {
            return null;
        }

        return type.Kind switch
        {
            BtfKind.Array => FindArray(type.Array),
            BtfKind.Int when type.IntEncoding.IsBoolean && size == 1 => "bool",
            BtfKind.Int => Integer(type.IntEncoding.IsSigned && !IsCharacter(type), size),
            BtfKind.Float => size switch { 4 => "float", 8 => "double", _ => null },
            BtfKind.Pointer => Integer(isSigned: false, size),
            _ => _object.FindType(type.Id) is { } known ? _names[known] : null,
        };
    }

    /// <summary>The C# type of a key or value of which only the size is known.</summary>
    /// <param name="size">Size in bytes.</param>
    public string? FindOfSize(uint size) => size switch
    {
        0 or > LargestType => null,
        1 or 2 or 4 or 8 => Integer(isSigned: false, size),
        _ => Array("byte", size, ArrayContent.Elements),
    };

    /// <summary>The element of an array of variables.</summary>
    /// <param name="id">Id of the variable's type.</param>
    /// <returns>Null when it is no array.</returns>
    public string? FindElement(BtfTypeId id)
    {
        BtfType type = _types![id].SkipModifiersAndTypedefs();
        return type.Kind == BtfKind.Array ? Find(type.Array.ElementTypeId) : null;
    }

    /// <summary>The C# type of integers.</summary>
    /// <param name="isSigned">Whether they have a sign.</param>
    /// <param name="size">Their size in bytes.</param>
    /// <returns>Null where C# has none.</returns>
    public static string? Integer(bool isSigned, uint size) => (isSigned, size) switch
    {
        (false, 1) => "byte",
        (true, 1) => "sbyte",
        (false, 2) => "ushort",
        (true, 2) => "short",
        (false, 4) => "uint",
        (true, 4) => "int",
        (false, 8) => "ulong",
        (true, 8) => "long",
        (false, 16) => "global::System.UInt128",
        (true, 16) => "global::System.Int128",
        _ => null,
    };

    // C# has no character of one byte, and a text is made of bytes.
    private static bool IsCharacter(BtfType type) => type.NameBytes.SequenceEqual("char"u8);

    private string? FindArray(BtfArray array)
    {
        BtfType element = _types![array.ElementTypeId].SkipModifiersAndTypedefs();
        ArrayContent content = element.Kind == BtfKind.Int && IsCharacter(element)
            ? ArrayContent.Text
            : ArrayContent.Elements;
        return Find(array.ElementTypeId) is { } name ? Array(name, array.Count, content) : null;
    }

    private string Array(string element, uint length, ArrayContent content)
    {
        if (!_byShape.TryGetValue((element, length, content), out InlineArray? array))
        {
            string name = content == ArrayContent.Text
                ? "Char"
                : CSharpName.Pascal(element[(element.LastIndexOf('.') + 1)..]);
            array = new InlineArray(_scope.Take($"{name}Array{length}"), element, length, content);
            _byShape.Add((element, length, content), array);
            _arrays.Add(array);
        }

        return array.Name;
    }
}
