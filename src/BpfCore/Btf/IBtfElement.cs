namespace BpfCore.Btf;

/// <summary>An element that follows a type record: a member, value, parameter or variable.</summary>
/// <typeparam name="TSelf">The element's own type.</typeparam>
public interface IBtfElement<TSelf>
    where TSelf : struct, IBtfElement<TSelf>
{
    /// <summary>Decodes one element.</summary>
    /// <param name="owner">The type that the element belongs to.</param>
    /// <param name="index">Its position, below <see cref="BtfType.ElementCount"/>.</param>
    static abstract TSelf Decode(BtfType owner, int index);
}
